#!/usr/bin/env python3
"""Runs the programs of this folder through `cadrecode run --batch` and compares.

    python3 tests/program/run_programs.py build/release/bin/cadrecode [AREA ...] [--jobs N]

Expectations stand in each program's last comments (see tools/reference/expect.py).
Counts, validity, error kind and line are compared exactly, volume and area at
1e-6 relative, box and centre at 1e-6 of the part's size. Exit 1 on a mismatch.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent
NOT_AREAS = {"hostile", "__pycache__"}
TOLERANCE = 1e-6
MARK = "# expect:"
TOKEN = re.compile(r'(\w+)(~?=)("[^"]*"|\S+)')


def areas():
    return sorted(p.name for p in FOLDER.iterdir() if p.is_dir() and p.name not in NOT_AREAS)


def parse(text):
    """{key: text} of a program's expectations; error, message~ become keys too."""
    expected = {}
    for line in text.split("\n"):
        if not line.startswith(MARK):
            continue
        words = line[len(MARK) :]
        if words.split()[:1] == ["error"]:
            expected["status"] = "error"
        for key, sign, value in TOKEN.findall(words):
            expected[key + ("~" if sign == "~=" else "")] = value.strip('"')
    return expected


def floats(text):
    return [None if t == "null" else float(t) for t in text.split(",")]


def close(got, wanted, tolerance):
    if got is None or wanted is None:
        return got is wanted
    return abs(got - wanted) <= tolerance


def compare_error(row, expected):
    """Mismatches of a row that should be an error."""
    error = row.get("error") or {}
    if error.get("kind") != expected["kind"]:
        yield f"kind {error.get('kind')}, expected {expected['kind']} (message: {error.get('message')})"
    if "line" in expected and error.get("line") != int(expected["line"]):
        yield f"line {error.get('line')}, expected {expected['line']} (message: {error.get('message')})"
    if "message~" in expected and not re.search(expected["message~"], error.get("message", "")):
        yield f"message {error.get('message')!r} lacks {expected['message~']!r}"


def compare_facts(row, expected):
    """Mismatches of a row that should be a shape."""
    low_high = floats(expected["bbox"])
    size = max([b - a for a, b in zip(low_high[:3], low_high[3:])] + [1e-3])
    if str(row["valid"]).lower() != expected["valid"]:
        yield f"valid {row['valid']}, expected {expected['valid']}"
    for key in ("solids", "faces", "edges", "vertices"):
        if row[key] != int(expected[key]):
            yield f"{key} {row[key]}, expected {expected[key]}"
    for key, power in (("volume", 3), ("area", 2)):
        wanted = float(expected[key])
        if not close(row[key], wanted, max(TOLERANCE * abs(wanted), 1e-9 * size**power)):
            yield f"{key} {row[key]}, expected {wanted}"
    got = (row["bbox"][0] + row["bbox"][1]) if row["bbox"] else [None] * 6
    flat = int(expected["solids"]) > 0 and abs(float(expected["volume"])) < 1e-9 * size**3
    for key, values in (("bbox", got), ("center", row["center"])):
        wanted = floats(expected[key])
        if key == "center" and flat:  # 0/0: a centre of no volume is noise
            continue
        if not values or not all(close(g, w, TOLERANCE * size) for g, w in zip(values, wanted)):
            yield f"{key} {values}, expected {wanted}"


def compare(row, expected):
    """Mismatches between a result row and the expectations, as sentences."""
    if row.get("status") != expected["status"]:
        yield f"status {row.get('status')}, expected {expected['status']} {row.get('error', '')}"
    elif expected["status"] == "error":
        yield from compare_error(row, expected)
    else:
        yield from compare_facts(row, expected)


def run_batch(binary, programs, jobs, wall_seconds=900, options=()):
    """Result rows of [(id, code)] in order; ends the script when the batch itself fails."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "programs.jsonl"
        path.write_text("".join(json.dumps({"id": i, "code": c}) + "\n" for i, c in programs))
        command = [binary, "run", "--batch", str(path), "--json", "--jobs", str(jobs), *options]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=wall_seconds)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    if done.returncode not in range(6) or [r.get("id") for r in rows] != [i for i, _ in programs]:
        sys.exit(f"programs: the batch failed: exit {done.returncode}, {len(rows)} of {len(programs)} rows")
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("areas", nargs="*")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    chosen = arguments.areas or areas()
    paths = [p for area in chosen for p in sorted((FOLDER / area).glob("*.py"))]
    if not paths:
        sys.exit(f"programs: none in {chosen}")
    texts = [p.read_text() for p in paths]
    names = [f"{p.parent.name}/{p.stem}" for p in paths]
    failed = 0
    for name, text, row in zip(names, texts, run_batch(arguments.binary, list(zip(names, texts)), arguments.jobs)):
        mismatches = list(compare(row, parse(text)))
        failed += bool(mismatches)
        for mismatch in mismatches:
            print(f"{name}: {mismatch}")
    print(f"programs: {len(paths) - failed} of {len(paths)} as expected")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
