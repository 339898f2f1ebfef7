#!/usr/bin/env python3
"""official.py BINARY [--limit N]: `cadrecode metric` beside the official scripts' arithmetic.

facts/official_metrics.jsonl.gz holds the numbers that trimesh, manifold and
scipy gave for (code, prediction_a) of development programs (made by
tools/reference/official_metrics.py). The Chamfer distance is random, so its
differences are judged together: their mean must lie within three standard
errors of zero. Volumes are not: |difference| <= 1e-3.
"""
import argparse
import gzip
import json
import math
import pathlib
import statistics
import subprocess
import sys
import tempfile

import corpus

HERE = pathlib.Path(__file__).parent
IOU_TOLERANCE = 1e-3


def reference(limit):
    with gzip.open(HERE / "facts/official_metrics.jsonl.gz", "rt") as lines:
        return [json.loads(line) for line in lines][:limit]


def ours(binary, rows, programs):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        with open(root / "pairs.jsonl", "w") as pairs:
            for row in rows:
                for which in ("code", "prediction_a"):
                    (root / f"{row['id']}.{which}.py").write_text(programs[f"{row['id']}/{which}"])
                pairs.write(json.dumps({"id": row["id"], "gt": f"{row['id']}.code.py", "pred": f"{row['id']}.prediction_a.py"}) + "\n")
        done = subprocess.run([binary, "metric", "--pairs", "pairs.jsonl", "--json"], cwd=root, capture_output=True, text=True)
        return {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--limit", type=int, default=300)
    options = parser.parse_args()
    folder = corpus.folder()
    if folder is None:
        print("official: SKIPPED, no corpus; set CADRECODE_CORPUS", file=sys.stderr)
        return 77
    rows = reference(options.limit)
    found = ours(options.binary.resolve(), rows, dict(corpus.development(folder)))
    wrong, biases, unknown = [], [], 0
    worst = {"iou": 0.0, "iou_official": 0.0}
    for row in rows:
        mine = found.get(row["id"], {})
        if "error" in row:
            unknown += 1  # the official script has no number for this pair
            continue
        if mine.get("cd") is None:
            wrong.append(f"{row['id']}: no number: {mine.get('error')}")
            continue
        biases.append(mine["cd"] / row["cd"] - 1)
        for key in ("iou", "iou_official"):
            if key == "iou" and row["lost_bodies"]:
                continue  # the whole-mesh boolean is only comparable where no body is lost
            if row[key] is None:
                continue  # nor for this overlap
            if mine[key] is None:
                wrong.append(f"{row['id']}: {key} is missing, reference {row[key]:.6f}")
                continue
            difference = abs(mine[key] - row[key])
            worst[key] = max(worst[key], difference)
            if difference > IOU_TOLERANCE:
                wrong.append(f"{row['id']}: {key} {mine[key]:.6f}, reference {row[key]:.6f} (lost {row['lost_bodies']})")
    count = len(biases)
    mean, error = statistics.fmean(biases), statistics.stdev(biases) / math.sqrt(count)
    print("\n".join(wrong))
    print(f"CD of {count} pairs: mean relative difference {mean:+.2e}, standard error {error:.1e}")
    print(f"largest difference: iou {worst['iou']:.2e}, iou_official {worst['iou_official']:.2e}")
    biased = abs(mean) > 3 * error
    print(f"{unknown} pairs without a reference")
    print(f"{count - len(wrong)} passed, {len(wrong)} failed")
    return 1 if wrong or biased else 0


if __name__ == "__main__":
    sys.exit(main())
