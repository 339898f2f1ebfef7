#!/usr/bin/env python3
"""What the Python module costs, beside real CadQuery in the same process.

    python tools/measure/python_module.py [--calls 20000] [--rewards 10000]

Memory of this process and of its worker while `run` is called again and again; the time of a
call beside CadQuery's own (where it is installed); rewards a second beside a reward made of a
CadQuery process, as RL trainers have it.
"""
import argparse
import os
import statistics
import time

import cadrecode
from cadrecode import _program

BOX = "import cadquery as cq\nr=cq.Workplane('XY').box({0},20,30).faces('>Z').workplane().hole(5)"


def resident(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmRSS"))


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
        return [int(word) for word in file.read().split()]


def family(pid):
    return resident(pid) + sum(family(child) for child in children(pid))


def calls(count):
    rows, start = [], time.perf_counter()
    for i in range(count):
        cadrecode.run(BOX.format(10 + i % 50))
        if i in (count // 10, count // 2, count - 1):
            rows.append((i + 1, resident(os.getpid()), family(_program.shared()._process.pid)))
    seconds = time.perf_counter() - start
    for done, here, worker in rows:
        print(f"after {done} calls: this process {here:.1f} MB, its program and worker {worker:.1f} MB")
    print(f"{count} run calls: {1000 * seconds / count:.2f} ms each")
    return seconds / count


def beside_cadquery(ours):
    try:
        import cadquery  # noqa: F401
    except ImportError:
        print("CadQuery is not installed here: no comparison")
        return
    times = []
    for i in range(200):
        start = time.perf_counter()
        scope = {}
        exec(BOX.format(10 + i % 50), scope)
        shape = scope["r"].val()
        shape.isValid(), shape.Volume(), shape.Area(), shape.BoundingBox(), shape.Center()
        times.append(time.perf_counter() - start)
    theirs = statistics.median(times)
    print(f"CadQuery in this process, warm, unprotected: {1000 * theirs:.2f} ms; ours is {theirs / ours:.2f} times as fast")


def rewards(count):
    rows = list(cadrecode.generate(500, seed=11))
    target, codes = rows[0]["code"], [rows[i % len(rows)]["code"] for i in range(count)]
    start = time.perf_counter()
    cadrecode.reward(codes, target, threads=1)
    seconds = time.perf_counter() - start
    print(f"{count} rewards on one thread: {count / seconds:.0f} a second")
    start = time.perf_counter()
    n = sum(1 for _ in cadrecode.run_many(codes[:200], jobs=1))
    print(f"(executing them on the kernel instead: {n / (time.perf_counter() - start):.0f} a second)")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=20000)
    parser.add_argument("--rewards", type=int, default=10000)
    arguments = parser.parse_args()
    beside_cadquery(calls(arguments.calls))
    rewards(arguments.rewards)


if __name__ == "__main__":
    main()
