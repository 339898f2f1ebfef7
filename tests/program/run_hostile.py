#!/usr/bin/env python3
"""Hostile programs between good ones: each answers within its limit, none harms a neighbour.

    python3 tests/program/run_hostile.py build/release/bin/cadrecode [--jobs N]

Each program of hostile/ says what must come back: `kind=` error kinds (any of
a|b) with a place in the text, or `invalid` (built, and called invalid). One
batch runs good, hostile, good, hostile, …, good. Checked are the answers, that
every good program gives the same right facts, that no answer takes longer than
its limit, and that nothing was written.
"""

import argparse
import pathlib
import re
import sys
import time

import run_programs

HOSTILE = run_programs.FOLDER / "hostile"
GOOD = "import cadquery as cq\nr = cq.Workplane().box(1, 2, 3).edges('|Z').fillet(0.1)\n"
GOOD_VOLUME = 6 - 3 * (4 - 3.14159265358979) * 0.01
SECONDS = 20  # CPU limit 10 s, and room for a loaded machine


def check_hostile(name, text, row):
    """Mismatches of one hostile program's answer."""
    wanted = re.match(r"# expect: (.*)", text).group(1)
    if wanted == "invalid":
        if row["status"] != "ok" or row["valid"] is not False:
            yield f"{name}: {row}, expected a shape called invalid"
        return
    kinds, _, message = wanted.removeprefix("kind=").partition(" message~=")
    error = row.get("error") or {}
    if row["status"] != "error" or error.get("kind") not in kinds.split("|"):
        yield f"{name}: {row}, expected an error of kind {kinds}"
    elif name != "11_no_result" and not error.get("line"):
        yield f"{name}: the error has no place: {error}"
    if message and message not in error.get("message", ""):
        yield f"{name}: the message does not name {message}: {error}"


def check(programs, rows):
    for (identifier, text), row in zip(programs, rows):
        if identifier.startswith("good"):
            if row["status"] != "ok" or abs(row["volume"] - GOOD_VOLUME) > 1e-6:
                yield f"{identifier}: a good neighbour was harmed: {row}"
        else:
            yield from check_hostile(identifier, text, row)
        if (row.get("seconds") or 0) > SECONDS:
            yield f"{identifier}: took {row['seconds']} s"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    paths = sorted(HOSTILE.glob("*.py"))
    programs = [("good00", GOOD)]
    for path in paths:
        programs += [(path.stem, path.read_text()), (f"good{len(programs):02}", GOOD)]
    start = time.monotonic()
    rows = run_programs.run_batch(arguments.binary, programs, arguments.jobs)
    mismatches = list(check(programs, rows))
    if pathlib.Path("hostile_was_here").exists():
        mismatches.append("04_import_os: a file was written")
    print("\n".join(mismatches))
    print(f"hostile: {len(paths)} programs, {len(mismatches)} mismatches, {time.monotonic() - start:.1f} s")
    return 1 if mismatches else 0


if __name__ == "__main__":
    sys.exit(main())
