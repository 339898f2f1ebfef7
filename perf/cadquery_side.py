#!/usr/bin/env python3
"""The CadQuery side of run_speed.py (reference venv): seconds per program as JSON.

    python perf/cadquery_side.py warm|cold programs.jsonl

warm: every program in this process, one after the other, modules loaded and one
part built before. cold: every program in a child forked from a process that
only imported (the isolation official evaluation scripts use); fork to exit.
Measured is compile + exec + BRepCheck of `r`.
"""

import json
import os
import sys
import time

import cadquery


def build_and_check(code):
    names = {}
    exec(compile(code, "<program>", "exec"), names)
    return all(shape.isValid() for shape in names["r"].vals())


def warm(code):
    start = time.perf_counter()
    build_and_check(code)
    return time.perf_counter() - start


def cold(code):
    start = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        build_and_check(code)
        os._exit(0)
    os.waitpid(pid, 0)
    return time.perf_counter() - start


def main():
    mode, path = sys.argv[1:]
    with open(path) as lines:
        programs = [json.loads(line)["code"] for line in lines]
    if mode == "warm":
        cadquery.Workplane().box(1, 1, 1).cut(cadquery.Workplane().sphere(0.6)).val().isValid()
    print(json.dumps([{"warm": warm, "cold": cold}[mode](code) for code in programs]))


if __name__ == "__main__":
    main()
