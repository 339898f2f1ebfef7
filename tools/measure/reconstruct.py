#!/usr/bin/env python3
"""Quality and speed of `cadrecode reconstruct` (needs the reference venv).

    python tools/measure/reconstruct.py BINARY INPUTS OUT [--kind stl cloud] [--every N]

INPUTS is what reconstruct_inputs.py wrote; a kind is one of its folders. Each input is one process on one
pinned core; the result's STL is compared with the truth where it lies (iou.py).
Prints one row per kind, the worst inputs, and writes OUT/KIND.jsonl.
An input that fails, or whose result is not valid, counts with IoU 0 in the mean.
"""

import argparse
import collections
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import iou  # noqa: E402

WALL_SECONDS = 300


def reconstruct(arguments, path, out):
    """Runs one input; returns its JSON row with `wall` seconds added."""
    pinned = ["taskset", "-c", str(arguments.core)] if arguments.core >= 0 else []
    command = pinned + [arguments.binary, "reconstruct", str(path)]
    command += ["--redo", "--jobs", "1", "-o", str(out), "--json"] + arguments.extra
    start = time.perf_counter()
    used = os.times()
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=WALL_SECONDS)
        lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
        row = json.loads(lines[-1]) if lines else {"status": "error", "stderr": done.stderr[-300:]}
    except subprocess.TimeoutExpired:
        row = {"status": "error", "stderr": f"over {WALL_SECONDS} s"}
    row["wall"] = time.perf_counter() - start
    now = os.times()
    row["cpu"] = now.children_user + now.children_system - used.children_user - used.children_system
    return row


def answered(path, out):
    """The row an earlier run left beside its result."""
    report = out / f"{path.stem}.json"
    row = json.loads(report.read_text()) if report.exists() else {"status": "error", "stderr": "no report"}
    row["wall"] = row.get("seconds") or 0.0
    return row


def score(row, stem, out, truth, pose):
    """Adds the true IoU (0 without a valid result) and how it was found."""
    row.update(id=stem, true_iou=0.0, method="none")
    result = out / f"{stem}.stl"
    if row.get("status") == "ok" and result.exists():
        right = iou.load(truth)
        if pose.exists():
            right.apply_transform(np.load(pose))
        row["true_iou"], row["method"] = iou.iou(iou.load(result), right)
    return row


def measure(arguments, kind):
    """Rows of all inputs of one kind."""
    out = arguments.out / kind
    out.mkdir(parents=True, exist_ok=True)
    rows = []
    paths = sorted((arguments.inputs / kind).iterdir())[arguments.first :: arguments.every]
    table = arguments.out / f"{kind}.jsonl"
    before = {}
    if arguments.resume and table.exists():
        before = {row["id"]: row for row in map(json.loads, table.read_text().splitlines())}
    with open(table, "w") as log:
        for number, path in enumerate(paths, 1):
            if path.stem in before:
                rows.append(before[path.stem])
                log.write(json.dumps(rows[-1]) + "\n")
                continue
            truth = arguments.inputs / "truth" / f"{path.stem}.stl"
            row = answered(path, out) if arguments.score_only else reconstruct(arguments, path, out)
            row = score(row, path.stem, out, truth, arguments.inputs / "pose" / kind / f"{path.stem}.npy")
            log.write(json.dumps(row) + "\n")
            log.flush()
            rows.append(row)
            if sys.stderr.isatty():
                print(f"\r{kind} {number}/{len(paths)}", end="", file=sys.stderr)
    return rows


def report(kind, rows, worst):
    """One line of figures, then the worst inputs."""
    valid = sum(r.get("valid") is True for r in rows)
    scores = [r["true_iou"] if r.get("valid") is True else 0.0 for r in rows]
    told = [abs(r["iou"] - r["true_iou"]) for r in rows if isinstance(r.get("iou"), float)]
    methods = dict(collections.Counter(r["method"] for r in rows))
    walls = sorted(r["wall"] for r in rows)
    print(
        f"{kind}: {len(rows)} inputs, {valid} valid, IoU mean {statistics.mean(scores):.4f} "
        f"median {statistics.median(scores):.4f}, seconds median {statistics.median(walls):.2f} "
        f"p90 {walls[int(len(walls) * 0.9)]:.2f} max {walls[-1]:.2f}, IoU by {methods}"
    )
    if told:
        print(f"  own iou against true iou: median |difference| {statistics.median(told):.4f}, max {max(told):.4f}")
    for word in ("exact", "good", "approximate", "poor"):
        said = sorted(r["true_iou"] for r in rows if r.get("verdict") == word)
        if said:
            print(
                f"  said {word}: {len(said)}, true IoU least {said[0]:.4f}, "
                f"5 % below {said[len(said) // 20]:.4f}, median {statistics.median(said):.4f}"
            )
    for row in sorted(rows, key=lambda r: r["true_iou"])[:worst]:
        note = row.get("error") or row.get("stderr") or row.get("chosen", "")
        print(f"  {row['true_iou']:.4f} valid={row.get('valid')} {row['wall']:6.2f} s {row['id']} {str(note)[:100]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("inputs", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--kind", nargs="+", default=["stl", "cloud"])
    parser.add_argument("--every", type=int, default=1, help="take every N-th input")
    parser.add_argument("--first", type=int, default=0, help="from this one on")
    parser.add_argument("--core", type=int, default=-1, help="pin to this one; -1: any")
    parser.add_argument("--score-only", action="store_true", help="score the results already in OUT/KIND; seconds are their own")
    parser.add_argument("--resume", action="store_true", help="keep the rows an earlier run has written")
    parser.add_argument("--worst", type=int, default=20)
    parser.add_argument("--extra", nargs=argparse.REMAINDER, default=[], help="arguments for reconstruct")
    arguments = parser.parse_args()
    results = [(kind, measure(arguments, kind)) for kind in arguments.kind]
    print(file=sys.stderr)
    for kind, rows in results:
        report(kind, rows, arguments.worst)


if __name__ == "__main__":
    sys.exit(main())
