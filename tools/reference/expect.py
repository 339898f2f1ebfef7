#!/usr/bin/env python3
"""Fills or refreshes the expectations of tests/program with the real CadQuery.

    python tools/reference/expect.py [FILE or FOLDER ...]   (default: tests/program)
    python tools/reference/expect.py --check                 (writes nothing, tells what would change)

Expectations stand at the end of a program as comments:

    # expect: status=ok valid=true solids=1 faces=6 edges=12 vertices=8
    # expect: volume=6 area=22
    # expect: bbox=-0.5,-1,-1.5,0.5,1,1.5 center=0,0,0

or `# expect: error kind=value line=3`. Two kinds are written by hand and left
alone: `kind=unsupported` (real CadQuery does what we refuse) and files with a
line `# by hand: REASON`.
"""

import argparse
import pathlib
import sys

import facts

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAMS = ROOT / "tests" / "program"
MARK = "# expect:"


def number(value, size):
    """A number as text; what is zero beside the part's size is 0."""
    if value is None:
        return "null"
    if abs(value) < 1e-9 * size:
        return "0"
    return f"{value:.10g}"


def numbers(values, size):
    return ",".join(number(v, size) for v in values)


def expectation(row):
    """Expectation lines of a facts row."""
    if row["status"] == "error":
        place = f" line={row['error']['line']}" if row["error"]["line"] else ""
        return [f"{MARK} error kind={row['error']['kind']}{place}"]
    low, high = row["bbox"]
    size = max(1e-9, *(b - a for a, b in zip(low, high)))
    counts = " ".join(f"{key}={row[key]}" for key, _ in facts.COUNTED)
    return [
        f"{MARK} status=ok valid={str(row['valid']).lower()} {counts}",
        f"{MARK} volume={number(row['volume'], size**3)} area={number(row['area'], size**2)}",
        f"{MARK} bbox={numbers(low + high, size)} center={numbers(row['center'], size)}",
    ]


def split(text):
    """(program without expectations, expectation lines, written by hand?)"""
    lines = text.rstrip("\n").split("\n")
    expected = [line for line in lines if line.startswith(MARK)]
    program = [line for line in lines if not line.startswith(MARK)]
    by_hand = any("kind=unsupported" in e for e in expected) or any(p.startswith("# by hand:") for p in program)
    return "\n".join(program).rstrip("\n") + "\n", expected, by_hand


def files_of(arguments):
    for path in arguments.paths or [PROGRAMS]:
        path = pathlib.Path(path)
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*.py") if p.parent != PROGRAMS and p.parent.name != "hostile")
        else:
            yield path


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="print errors with CadQuery's message")
    arguments = parser.parse_args()
    _, failure = facts.load_cadquery()
    changed = 0
    for path in files_of(arguments):
        text = path.read_text()
        program, expected, by_hand = split(text)
        if by_hand:
            continue
        row = facts.run_isolated(program, failure)
        if arguments.verbose and row["status"] == "error":
            print(f"{path.parent.name}/{path.name}: {row['error']}")
        wanted = expectation(row)
        if wanted == expected:
            continue
        changed += 1
        if arguments.check:
            print(f"{path}: has {expected}, real CadQuery gives {wanted}")
        else:
            path.write_text(program + "\n".join(wanted) + "\n")
    print(f"expect: {changed} files {'differ' if arguments.check else 'written'}", file=sys.stderr)
    return 1 if arguments.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
