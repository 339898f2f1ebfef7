#!/usr/bin/env python3
"""Which methods and options of CadQuery the programs of tests/program never use.

    python tools/reference/uncovered.py

Runs all programs with the real package while every public method of Workplane
and Sketch notes the arguments it was given, and prints what was never given.
"""

import functools
import inspect
import pathlib
import sys

import facts

ROOT = pathlib.Path(__file__).resolve().parents[2]


def note_calls(cls, seen):
    """Wraps the public methods of a class so that calls are noted in `seen`."""
    for name, method in list(vars(cls).items()):
        if name.startswith("_") or not inspect.isfunction(method):
            continue
        seen[cls.__name__, name] = {p: 0 for p in inspect.signature(method).parameters if p != "self"}

        def wrapper(*args, _method=method, _key=(cls.__name__, name), **kwargs):
            try:
                given = inspect.signature(_method).bind(*args, **kwargs).arguments
            except TypeError:
                given = {}
            counts = seen[_key]
            counts[""] = counts.get("", 0) + 1
            for parameter in given:
                if parameter in counts:
                    counts[parameter] += 1
            return _method(*args, **kwargs)

        setattr(cls, name, functools.wraps(method)(wrapper))


def main():
    cadquery, failure = facts.load_cadquery()
    seen = {}
    for cls in (cadquery.Workplane, cadquery.Sketch):
        note_calls(cls, seen)
    for path in sorted((ROOT / "tests" / "program").glob("*/*.py")):
        if path.parent.name not in ("hostile", "unsupported"):
            facts.execute(path.read_text(), failure)
    for (cls, name), counts in seen.items():
        missing = [p for p, n in counts.items() if p and not n]
        if not counts.get(""):
            print(f"{cls}.{name}: never called")
        elif missing:
            print(f"{cls}.{name}: never given {', '.join(missing)}")


if __name__ == "__main__":
    sys.exit(main())
