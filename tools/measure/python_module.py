#!/usr/bin/env python3
"""What the Python module costs, beside real CadQuery in the same process.

    python tools/measure/python_module.py [--calls 20000] [--rewards 10000] [--cadquery PYTHON]

Memory of this process and of its worker while `run` is called again and again; the time of a
call beside CadQuery's own (where it is installed); rewards a second beside a reward made of a
CadQuery process, as RL trainers have it.
"""
import argparse
import json
import os
import statistics
import subprocess
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


def theirs_once(code):
    scope = {}
    exec(code, scope)
    shape = scope["r"].val()
    return shape.isValid(), shape.Volume(), shape.Area(), shape.BoundingBox(), shape.Center()


def calls(count):
    """Ours and, after every hundredth, CadQuery's own on the same program, so that other work on the machine
    meets both alike; processor time of ours is this process's and that of its program and worker."""
    try:
        import cadquery  # noqa: F401
        theirs = []
    except ImportError:
        print("CadQuery is not installed here: no comparison")
        theirs = None
    ours, marks = [], {count // 10, count // 2, count}
    for i in range(1, count + 1):
        code = BOX.format(10 + i % 50)
        start = time.perf_counter()
        cadrecode.run(code)
        ours.append(time.perf_counter() - start)
        if theirs is not None and i % 100 == 0:
            start = time.perf_counter()
            theirs_once(code)
            theirs.append(time.perf_counter() - start)
        if i in marks:
            print(f"after {i} calls: this process {resident(os.getpid()):.1f} MB, "
                  f"its program and worker {family(_program.shared()._process.pid):.1f} MB", flush=True)
    mine = statistics.median(ours)
    print(f"{count} run calls: median {1000 * mine:.2f} ms, all {sum(ours):.0f} s")
    if theirs:
        other = statistics.median(theirs)
        print(f"CadQuery in this process, warm and unprotected, {len(theirs)} calls in turn: median {1000 * other:.2f} ms; "
              f"{other / mine:.2f} times ours")


# A reward as RL trainers have it: a process with CadQuery, asked by a pipe; it executes the program, checks the
# solid and takes the overlap with the target on the kernel.
SERVER = r"""
import json, sys
import cadquery
target = None
for line in sys.stdin:
    ask, answer = json.loads(line), -10.0
    try:
        scope = {}
        exec(ask["code"], scope)
        shape = scope["r"].val()
        if ask["target"]:
            target = shape
        if shape.isValid():
            common = shape.intersect(target).Volume()
            answer = 10 * common / (shape.Volume() + target.Volume() - common)
    except Exception:
        pass
    sys.__stdout__.write(json.dumps(answer) + "\n")
    sys.__stdout__.flush()
"""


def cadquery_process(python, codes, target):
    with subprocess.Popen([python, "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        def ask(code, is_target=False):
            process.stdin.write(json.dumps({"code": code, "target": is_target}) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())
        ask(target, True)
        start = time.perf_counter()
        rewards = [ask(code) for code in codes]
        seconds = time.perf_counter() - start
        process.stdin.close()
    return rewards, len(codes) / seconds


def rewards(count, python):
    rows = list(cadrecode.generate(500, seed=11))
    target, codes = rows[0]["code"], [rows[i % len(rows)]["code"] for i in range(count)]
    start = time.perf_counter()
    given = cadrecode.reward(codes, target, threads=1)
    rate = count / (time.perf_counter() - start)
    print(f"{count} rewards on one thread: {rate:.0f} a second")
    if not python:
        return
    some = 200
    theirs, slow = cadquery_process(python, codes[:some], target)
    apart = sorted(abs(a - b) for a, b in zip(given, theirs))
    print(f"a CadQuery process, warm, one core: {slow:.1f} a second ({some} of them); ours is {rate / slow:.0f} times as fast")
    print(f"the rewards differ by {apart[len(apart) // 2]:.1e} in the median, by more than 0.01 in {sum(d > 0.01 for d in apart)} of {some}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=20000)
    parser.add_argument("--rewards", type=int, default=10000)
    parser.add_argument("--cadquery", help="a Python with CadQuery, for the other reward")
    arguments = parser.parse_args()
    calls(arguments.calls)
    rewards(arguments.rewards, arguments.cadquery)


if __name__ == "__main__":
    main()
