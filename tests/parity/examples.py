#!/usr/bin/env python3
"""CadQuery's own examples through `cadrecode run`: equal, refused or wrong.

    python3 tests/parity/examples.py build/release/bin/cadrecode FOLDER [--jobs N]

FOLDER is what tools/reference/cadquery_examples.py wrote from a checkout.
equal: all facts as in compare.py; refused: an error of kind `unsupported` with
a place; wrong: anything else. Prints both lists; exit 1 when any is wrong.
"""

import argparse
import collections
import json
import pathlib
import sys

import compare
import run_programs


CPU_SECONDS = 60  # as tools/reference/cadquery_examples.py gave CadQuery


def classify(row, wanted):
    """(class, remark) of one example."""
    if row["status"] == "error":
        error = row["error"]
        place = f"line {error.get('line')}: {error['message']}"
        if error["kind"] == "unsupported" and error.get("line"):
            return "refused", place
        return "wrong", f"{error['kind']} {place}"
    found = compare.differences(row, wanted)
    return ("wrong", "; ".join(f"{k} {v}" for k, v in found.items())) if found else ("equal", "")


def read(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    programs = [(row["id"], row["code"]) for row in read(arguments.folder / "programs.jsonl")]
    wanted = {row["id"]: row for row in read(arguments.folder / "facts.jsonl")}
    tally = collections.Counter()
    limits = ("--cpu-seconds", str(CPU_SECONDS), "--wall-seconds", "1200")
    for row in run_programs.run_batch(arguments.binary, programs, arguments.jobs, 3600, limits):
        kind, remark = classify(row, wanted[row["id"]])
        tally[kind] += 1
        if kind != "equal":
            print(f"{kind:8} {row['id']}: {remark}")
    total = len(programs)
    print(f"examples: {total} run by CadQuery, " + ", ".join(f"{tally[k]} {k} ({100 * tally[k] / total:.1f} %)" for k in ("equal", "refused", "wrong")))
    return 1 if tally["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
