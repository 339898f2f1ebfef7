#!/usr/bin/env python3
"""The ablations of the roadmap with one command: a table in Markdown.

    tools/measure/ablate.py BUILD/bin/cadrecode-train --tokenizer FOLDER -o TABLE.md
                            [--data NAME=SET …] [--val SET] [--scale small|full] [--work DIR] [key=value …]

One setting changes at a time from the first row: points (128, 256), model size, number of programs, source of the
programs (the generator, and each --data: shards, a folder, a .jsonl file), and, in every row, one greedy program beside
the best of ten chosen by its distance to the points. All rows are judged on the same parts (--val, else generated ones
that no row has learned from). Words key=value go over every recipe. Rows that are done are kept, so the command may be
stopped and run again. `small` is a smoke test of minutes; `full` are the published sizes, for GPUs (torchrun may
start --train-command).
"""
import argparse
import json
import pathlib
import shlex
import subprocess
import sys
import tempfile

import train_common as common

SCALES = {
    "small": dict(points=256, sizes=dict(hidden=64, layers=2, heads=2, kv_heads=1, inner=192), large=dict(hidden=96,
                  layers=3, heads=4, kv_heads=2, inner=256), programs=[200, 2000], steps=200, batch=8, rate=2e-3, parts=32),
    "full": dict(points=256, sizes=dict(hidden=896, layers=24, heads=14, kv_heads=2, inner=4864), large=dict(hidden=1536,
                 layers=28, heads=12, kv_heads=2, inner=8960), programs=[100_000, 1_000_000], steps=100_000, batch=18,
                 rate=2e-4, parts=1000),
}
COLUMNS = ["loss", "IR %", "mean IoU", "exact %", "IR % best of 10", "mean IoU best of 10"]


def rows_of(args, scale):
    """(what changes, its value, what differs from the first row)."""
    start = dict(points=scale["points"], sizes=scale["sizes"], programs=0, source="generator")
    small = sum(12 * s["hidden"] ** 2 * s["layers"] for s in [scale["sizes"]]) / 1e6
    large = sum(12 * s["hidden"] ** 2 * s["layers"] for s in [scale["large"]]) / 1e6
    yield "baseline", f"{scale['points']} points, {small:.2g} M, generator without end", start
    yield "points", "128", dict(start, points=128)
    yield "model", f"{large:.2g} M", dict(start, sizes=scale["large"])
    for count in scale["programs"]:
        yield "programs", f"{count:,}", dict(start, programs=count)
    for item in args.data:
        name, _, path = item.partition("=")
        if not path:
            sys.exit(f"--data {item}: write NAME=SET")
        yield "source", name, dict(start, source=str(pathlib.Path(path).resolve()))


def train(args, scale, work, number, row):
    base = common.write_base(work / f"base{number}", args.tokenizer, points=row["points"], **row["sizes"])
    data = "" if row["source"] == "generator" else row["source"]
    if row["programs"]:
        data = work / f"programs{row['programs']}"
        if not data.exists():
            subprocess.run([args.cadrecode, "generate", "-o", data, "--count", str(row["programs"]), "--seed", "7",
                            "--audit", "0"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    settings = dict(base_model_name=base, model_save_path=work / f"run{number}", train_data_path=data, val_data_path=args.val,
                    n_points=row["points"], mixed_precision="fp32" if args.scale == "small" else "bf16",
                    batch_size=scale["batch"], max_steps=scale["steps"], warmup_steps=min(1000, scale["steps"] // 10),
                    learning_rate=scale["rate"], logging_steps=max(1, scale["steps"] // 50), eval_steps=scale["steps"],
                    save_steps=max(1, scale["steps"] // 10), keep_last=1, eval_parts=scale["parts"], eval_samples=10)
    settings.update(dict(word.split("=", 1) for word in args.overrides))
    if not (work / f"run{number}" / "model.safetensors").exists():
        with open(work / f"run{number}.log", "ab") as log:
            command = [*shlex.split(args.train_command or args.train), "train", *common.words(settings)]
            if subprocess.run(command, stdout=log, stderr=log).returncode:
                sys.exit(f"{work}/run{number}.log: training failed")
    last = {name: common.last(work / f"run{number}", name)
            for name in ("eval_loss", "invalid", "iou", "exact", "chosen_invalid", "chosen_iou")}
    return [f"{last['eval_loss']:.3f}", f"{100 * last['invalid']:.1f}", f"{last['iou']:.3f}", f"{100 * last['exact']:.1f}",
            f"{100 * last['chosen_invalid']:.1f}", f"{last['chosen_iou']:.3f}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", help="cadrecode-train; the program cadrecode lies beside it")
    parser.add_argument("overrides", nargs="*")
    parser.add_argument("--tokenizer", required=True)
    parser.add_argument("-o", "--output", required=True)
    parser.add_argument("--data", action="append", default=[], metavar="NAME=SET")
    parser.add_argument("--val", default="")
    parser.add_argument("--scale", choices=SCALES, default="small")
    parser.add_argument("--work", help="where the runs lie")
    parser.add_argument("--train-command", help="what starts training, if not the program itself")
    args = parser.parse_intermixed_args()
    args.cadrecode = str(pathlib.Path(args.train).with_name("cadrecode"))
    args.val = str(pathlib.Path(args.val).resolve()) if args.val else ""
    scale = SCALES[args.scale]
    work = pathlib.Path(args.work or tempfile.mkdtemp(prefix="ablate-")).resolve()
    work.mkdir(parents=True, exist_ok=True)
    lines = ["| changed | to | " + " | ".join(COLUMNS) + " |", "|---" * (2 + len(COLUMNS)) + "|"]
    for number, (what, value, row) in enumerate(rows_of(args, scale)):
        lines.append(f"| {what} | {value} | " + " | ".join(train(args, scale, work, number, row)) + " |")
        print(lines[-1], flush=True)
    foot = f"{scale['steps']:,} steps of {scale['batch']}, {scale['parts']} parts judged" + (f", {json.dumps(args.overrides)}"
                                                                                     if args.overrides else "")
    pathlib.Path(args.output).write_text("\n".join(lines) + f"\n\n{foot}\n")


if __name__ == "__main__":
    main()
