#!/usr/bin/env python3
"""The 200 DeepCAD sequences of CADPrompt through `cadrecode convert`, held against their STL.

usage: convert_deepcad.py BIN [FOLDER]    FOLDER: CADPrompt's, else unpacked from the corpus

IoU is of the kernel's mesh of our program with Ground_Truth.stl, each scaled by
its own box. The STL are cut into chords of 10 degrees; so beside the plain IoU
stands the one of our program with its circles cut alike (a thin ring overlaps
with its own mesh by less than 0.8). Prints a table; asserts nothing.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile


def rows(path):
    return [json.loads(line) for line in pathlib.Path(path).read_text().splitlines()]


def number(row, key):
    return -1 if row.get(key) is None else row[key]


def measure(binary, folder, form, out):
    command = [binary, "convert", "deepcad", folder, "-o", out, "--match", "0*.json", "--form", form, "--json",
               "--original", f"{folder}/{{id}}/Ground_Truth.stl", "--chords", "10"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    total = json.loads(done.stdout)
    checks = rows(f"{out}/checks.jsonl")
    plain = [number(c, "iou") for c in checks]
    best = [max(number(c, "iou"), number(c, "iou_chords")) for c in checks]
    n = len(checks)
    print(f"{form}: {total['count']} of {total['inputs']} converted, {sum(c['valid'] for c in checks)} valid; "
          f"IoU >= 0.99: {sum(i >= 0.99 for i in plain)} as they are, {sum(i >= 0.99 for i in best)} "
          f"({100 * sum(i >= 0.99 for i in best) / n:.1f} %) with the STL's chords; "
          f"mean {sum(plain) / n:.4f}, {sum(best) / n:.4f}; median {sorted(best)[n // 2]:.4f}; {total['seconds']:.0f} s")
    for failure in rows(f"{out}/failures.jsonl"):
        print(f"  {failure['id']}: {failure['error']['message']}")
    if form == "exact":
        for check, iou in zip(checks, best):
            if iou < 0.99:
                print(f"  {check['id']}: {iou:.4f}")


def main():
    binary = sys.argv[1]
    with tempfile.TemporaryDirectory() as scratch:
        folder = sys.argv[2] if len(sys.argv) > 2 else None
        if folder is None:
            corpus = pathlib.Path(os.environ.get("CADRECODE_CORPUS", "../shared/corpus"))
            subprocess.run(["tar", "-xf", corpus / "cadprompt_deepcad200.tar.xz", "-C", scratch], check=True)
            folder = str(next(pathlib.Path(scratch).rglob("00000007")).parent)
        for form in ("exact", "quantised"):
            measure(binary, folder, form, f"{scratch}/{form}")


if __name__ == "__main__":
    main()
