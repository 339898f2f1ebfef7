#!/usr/bin/env python3
"""Overfits a few dozen parts by every way of training and counts the programs that come back to the letter.

    tools/measure/overfit.py BUILD/bin/cadrecode BUILD/bin/cadrecode-train --tokenizer models/mini/base
                             [--parts 64] [--steps 1200] [--only sft,lora,…] [--work DIR]

sft     all weights, from fresh ones              brep    the same, shown faces and edges only
both    the same, points beside faces and edges   lora    adapters on a base that learned other parts
qlora   the same on the base in 4 bits

Programs are the generator's short ones. Each model then writes, greedily and from clouds it has not seen,
a program for each part. Adapters are merged, and the merged model must do what base and adapter do.
The models are tiny (a CPU's minutes): what is shown is that nothing on the way loses information.
Exits 1 where less than 98 % come back.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import train_common as common

WAYS = ["sft", "brep", "both", "lora", "qlora"]
SIZES = dict(hidden=96, layers=3, heads=4, kv_heads=2, inner=256, points=24)


def short_programs(args, work, seed):
    """The `parts` shortest of ten times as many generated programs, as JSON Lines."""
    path = work / f"parts{seed}.jsonl"
    if not path.exists():
        subprocess.run([args.cadrecode, "generate", "-o", work / f"set{seed}", "--count", str(10 * args.parts), "--seed",
                        str(seed), "--audit", "0"], check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        subprocess.run([args.cadrecode, "convert", "folder", work / f"set{seed}", "-o", work / f"py{seed}"], check=True,
                       stdout=subprocess.DEVNULL)
        codes = [p.read_text() for p in sorted((work / f"py{seed}").rglob("*.py"))]
        codes = sorted(codes, key=lambda code: (len(code), code))[:args.parts]
        path.write_text("".join(json.dumps({"id": f"{i:03}", "code": c}) + "\n" for i, c in enumerate(codes)))
    return path


def recipe(args, work, way, base, parts):
    settings = dict(
        base_model_name=base, model_save_path=work / way, train_data_path=parts, val_data_path=parts,
        tokenizer=work / "base", mixed_precision="fp32", n_points=SIZES["points"], batch_size=8, max_steps=args.steps,
        warmup_steps=50, learning_rate=2e-3, weight_decay=0, noise_probability=0, max_seq_length=600, logging_steps=50,
        save_steps=args.steps, save_minutes=2, eval_steps=args.steps, eval_parts=args.parts, keep_last=1,
        threads=args.threads, num_workers=1)
    if way in ("brep", "both"):
        settings.update(modality=way, brep_path=work / "grids", learning_rates="{brep_encoder: 0.5}")
    if way in ("lora", "qlora"):
        settings.update(use_lora=True, lora_r=64, lora_alpha=64, lora_dropout=0.0, learning_rate=6e-3,
                        max_steps=args.steps * 2, eval_steps=args.steps * 2, save_steps=args.steps * 2)
    if way == "qlora":
        settings.update(use_qlora=True, bnb_4bit_compute_dtype="fp32")
    return settings


def run(args, settings):
    code = common.train(args.train, settings)
    if code != 0:
        sys.exit(f"{settings['model_save_path']}.log: training ended with {code}")


def measured_again(args, work, way, settings, folder):
    """The held-out loss and the exact share of a stored model: a run of one step at rate 0."""
    again = dict(settings, base_model_name=folder, model_save_path=work / f"{way}-again", load_from_full_model=True,
                 use_lora=False, use_qlora=False, max_steps=1, warmup_steps=0, learning_rate=0, eval_steps=1, save_steps=1)
    run(args, again)
    return common.last(again["model_save_path"], "eval_loss"), common.last(again["model_save_path"], "exact")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cadrecode")
    parser.add_argument("train")
    parser.add_argument("--tokenizer", required=True, help="a folder with a tokenizer.json")
    parser.add_argument("--parts", type=int, default=64)
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--only", default=",".join(WAYS))
    parser.add_argument("--work", help="keep everything in this folder; goes on where it was stopped")
    args = parser.parse_args()
    keep = args.work or tempfile.mkdtemp(prefix="overfit-")
    work = pathlib.Path(keep).resolve()
    work.mkdir(parents=True, exist_ok=True)
    common.write_base(work / "base", args.tokenizer, **SIZES)
    parts = short_programs(args, work, 1)
    ways, poor = args.only.split(","), []
    if {"brep", "both"} & set(ways):
        subprocess.run([args.cadrecode, "sample", parts, "--brep", "-o", work / "grids"], check=True,
                       stdout=subprocess.DEVNULL)
    if {"lora", "qlora"} & set(ways):
        # Ten times as many others: a frozen embedding must have seen every number.
        short_programs(args, work, 2)
        run(args, dict(recipe(args, work, "other", work / "base", work / "py2"), eval_parts=0))
    print("way      exact   loss       merged: exact   loss", flush=True)
    for way in ways:
        adapter = way in ("lora", "qlora")
        settings = recipe(args, work, way, work / ("other" if adapter else "base"), parts)
        run(args, settings)
        exact, loss = common.last(work / way, "exact"), common.last(work / way, "eval_loss")
        line = f"{way:8} {100 * exact:5.1f} %  {loss:.6f}"
        if adapter:
            merged_loss, merged = measured_again(args, work, way, settings, work / way / "merged_model")
            line += f"   {100 * merged:5.1f} %        {merged_loss:.6f}"
            if merged != exact or abs(merged_loss - loss) > 1e-5:
                poor.append(f"{way} merged")
        print(line, flush=True)
        if exact < 0.98:
            poor.append(way)
    print(f"runs: {work}")
    sys.exit(f"below 98 %, or another model after merging: {', '.join(poor)}" if poor else 0)


if __name__ == "__main__":
    main()
