#!/usr/bin/env python3
"""Fills tests/unit/cadquery/expressions.txt with what the real CadQuery makes of each line.

    python tools/reference/expressions.py [--check]

Numbers are rounded to seven places, Vectors shown as lists; an exception is the
word `error`. The unit test runs the same expressions and `show` natively.
"""

import pathlib
import sys

FILE = pathlib.Path(__file__).resolve().parents[2] / "tests" / "unit" / "cadquery" / "expressions.txt"
SHOW = '''
from cadquery import *
from cadquery import func
def show(v):
    if isinstance(v, Vector):
        v = v.toTuple()
    if isinstance(v, bool) or v is None or isinstance(v, (int, str)):
        return v
    if isinstance(v, float):
        return round(v, 7) + 0.0
    if isinstance(v, (tuple, list)):
        return [show(x) for x in v]
    return "object"
'''


def main():
    names = {}
    exec(SHOW, names)
    lines = []
    for line in FILE.read_text().splitlines():
        if not line.startswith("#"):
            expression = line.split(" => ")[0]
            try:
                result = str(names["show"](eval(expression, names)))
            except Exception:
                result = "error"
            line = f"{expression} => {result}"
        lines.append(line)
    text = "\n".join(lines) + "\n"
    if "--check" in sys.argv:
        return int(text != FILE.read_text())
    FILE.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
