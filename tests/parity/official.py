#!/usr/bin/env python3
"""official.py BINARY [--limit N]: `cadrecode metric` beside the official scripts' arithmetic.

facts/official_metrics.jsonl.gz holds the numbers that trimesh, manifold and
scipy gave for (code, prediction_a) of development programs (made by
tools/reference/official_metrics.py). Both of our ways are compared: from meshes
(`--by mesh`), and parts by the analytic engine. The Chamfer distance is random,
so its differences are judged together: their mean must lie within three standard
errors of zero (rows have streams of their own on both sides, so they are
independent). Volumes are not: |difference| <= 1e-3.

The engine measures the parts, the official script their facets. Where that alone
differs by more, the facts hold the official arithmetic on finer meshes
(`iou_fine`: tolerances 0.0001 and 0.02), and the engine is held to that.
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


def ours(binary, rows, programs, arguments):
    with tempfile.TemporaryDirectory() as folder:
        pairs = pathlib.Path(folder) / "pairs.jsonl"
        pairs.write_text("".join(
            json.dumps({"id": row["id"], "gt_code": programs[f"{row['id']}/code"], "pred_code": programs[f"{row['id']}/prediction_a"]}) + "\n"
            for row in rows))
        done = subprocess.run([binary, "metric", "--pairs", pairs, "--json", "--no-excess", *arguments], capture_output=True, text=True)
        return {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}


class Comparison:
    def __init__(self, name):
        self.name, self.wrong, self.biases = name, [], []
        self.worst = {"iou": 0.0, "iou_official": 0.0}

    def hold(self, row, mine, key, wanted):
        if wanted is None:
            return
        if mine[key] is None:
            self.wrong.append(f"{row['id']}: {key} is missing, reference {wanted:.6f}")
            return
        difference = abs(mine[key] - wanted)
        self.worst[key] = max(self.worst[key], difference)
        if difference > IOU_TOLERANCE:
            self.wrong.append(f"{row['id']}: {key} {mine[key]:.6f}, reference {wanted:.6f} (lost {row['lost_bodies']})")

    def add(self, row, mine):
        if mine.get("cd") is None:
            self.wrong.append(f"{row['id']}: no number: {mine.get('error')}")
            return
        self.biases.append(mine["cd"] / row["cd"] - 1)
        if mine["by"] == "mesh":
            self.hold(row, mine, "iou_official", row["iou_official"])
        if not row["lost_bodies"]:  # the whole-mesh boolean is only comparable where no body is lost
            self.hold(row, mine, "iou", row.get("iou_fine", row["iou"]) if mine["by"] == "prism" else row["iou"])

    def report(self):
        mean, error = statistics.fmean(self.biases), statistics.stdev(self.biases) / math.sqrt(len(self.biases))
        print("\n".join(self.wrong))
        print(f"{self.name}: CD of {len(self.biases)} pairs: mean relative difference {mean:+.2e}, standard error {error:.1e}; "
              f"largest difference: iou {self.worst['iou']:.2e}" + (f", iou_official {self.worst['iou_official']:.2e}" if self.worst["iou_official"] else ""))
        return not self.wrong and abs(mean) <= 3 * error


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--seed", default="0")
    options = parser.parse_args()
    folder = corpus.folder()
    if folder is None:
        print("official: SKIPPED, no corpus; set CADRECODE_CORPUS", file=sys.stderr)
        return 77
    rows = reference(options.limit)
    programs = dict(corpus.development(folder))
    known = [row for row in rows if "error" not in row]
    good = True
    for way, arguments in (("meshes", ["--by", "mesh"]), ("parts", ["--by", "prism"])):
        found = ours(options.binary.resolve(), rows, programs, [*arguments, "--seed", options.seed])
        comparison = Comparison(way)
        for row in known:
            mine = found.get(row["id"], {})
            if way == "parts" and mine.get("status") == "error":
                continue  # no valid part: measured from meshes, the first way
            comparison.add(row, mine)
        good &= comparison.report()
    print(f"{len(rows) - len(known)} pairs without a reference")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
