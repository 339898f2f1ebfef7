#!/usr/bin/env python3
"""Speed of `cadrecode run` beside the real CadQuery, on one pinned core.

    python3 perf/run_speed.py build/release/bin/cadrecode VENV_PYTHON [--every 6] [--repeats 3]

Parse + build + check of every N-th CAD-Recode v1.5 program: ours (as the worker
measures it, and end to end as wall time of the whole batch), real CadQuery warm
in one process, and real CadQuery in a cold fork per program. The sides
alternate; each program's time is its median over the repeats. Then start-up
time and peak memory of both. Prints tables; asserts nothing.
"""

import argparse
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "parity"))
import corpus  # noqa: E402

TRIVIAL = "import cadquery as cq\nr = cq.Workplane().box(1, 2, 3)\n"


def pinned(core, command):
    return ["taskset", "-c", str(core), *map(str, command)]


def ours(arguments, path):
    """(seconds per program in the worker, wall seconds of the batch)."""
    command = pinned(arguments.core, [arguments.binary, "run", "--batch", path, "--json", "--jobs", 1])
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    wall = time.perf_counter() - start
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    if any(row["status"] != "ok" for row in rows):
        sys.exit("run_speed: a program failed; measure when tests/parity passes")
    return [row["seconds"] for row in rows], wall


def theirs(arguments, mode, path):
    script = pathlib.Path(__file__).with_name("cadquery_side.py")
    done = subprocess.run(
        pinned(arguments.core, [arguments.python, script, mode, path]), stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def quartiles(values):
    low, middle, high = statistics.quantiles(values, n=4)
    return f"{middle * 1e3:9.2f} {low * 1e3:9.2f} {high * 1e3:9.2f} {sum(values):9.2f}"


def print_programs(sides, walls, repeats):
    """Table of the per-program times and their ratios."""
    times = {name: [statistics.median(t) for t in zip(*runs)] for name, runs in sides.items()}
    count = len(times["ours"])
    print(f"\n{count} programs, {repeats} repeats, milliseconds of parse + build + check per program")
    print(f"{'':22}   median       25%       75%   total s   spread of medians over repeats")
    for name, values in times.items():
        medians = [statistics.median(run) * 1e3 for run in sides[name]]
        print(f"{name:20} {quartiles(values)}   {min(medians):.2f} to {max(medians):.2f}")
    wall = statistics.median(walls)
    print(f"{'ours, end to end':20} {wall / count * 1e3:9.2f} (mean of the whole batch with process start and facts)")
    for name in ("cadquery warm", "cadquery cold fork"):
        by_medians = statistics.median(times[name]) / statistics.median(times["ours"])
        pairs = statistics.median(t / o for t, o in zip(times[name], times["ours"]))
        totals = sum(times[name]) / sum(times["ours"])
        print(f"ratio {name}: {by_medians:.2f} by medians, {pairs:.2f} median of pairs, {totals:.2f} by totals, "
              f"{sum(times[name]) / wall:.2f} by totals against end to end")


def cost(command):
    """(wall seconds, peak resident megabytes) of a command and the processes it waits for."""
    start = time.perf_counter()
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def print_startup(arguments, folder):
    trivial = folder / "trivial.py"
    trivial.write_text(TRIVIAL)
    commands = {
        "cadrecode --version": [arguments.binary, "--version"],
        "cadrecode run box.py": [arguments.binary, "run", trivial, "--json", "--jobs", 1],
        "python -c 'import cadquery'": [arguments.python, "-c", "import cadquery"],
        "python box.py": [arguments.python, trivial],
    }
    print("\nstart-up        wall ms: median (min to max)    peak MB")
    for name, command in commands.items():
        runs = [cost(pinned(arguments.core, command)) for _ in range(arguments.starts)]
        walls = [wall * 1e3 for wall, _ in runs]
        print(f"{name:28} {statistics.median(walls):8.1f} ({min(walls):.1f} to {max(walls):.1f})  {max(m for _, m in runs):8.1f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("python", help="python of the reference venv (tools/reference/setup)")
    parser.add_argument("--every", type=int, default=6)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--starts", type=int, default=7)
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
    arguments = parser.parse_args()
    data = corpus.folder()
    if data is None:
        sys.exit("run_speed: no corpus; set CADRECODE_CORPUS")
    commit = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    print(f"commit {commit}, {platform.machine()}, core {arguments.core} of {os.cpu_count()}, load {os.getloadavg()[0]:.2f}")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        path = folder / "programs.jsonl"
        programs = [(i, c) for i, c in corpus.development(data) if i.endswith("/code")][:: arguments.every]
        path.write_text("".join(json.dumps({"id": i, "code": c}) + "\n" for i, c in programs))
        sides = {"ours": [], "cadquery warm": [], "cadquery cold fork": []}
        walls = []
        for _ in range(arguments.repeats):
            seconds, wall = ours(arguments, path)
            sides["ours"].append(seconds)
            walls.append(wall)
            sides["cadquery warm"].append(theirs(arguments, "warm", path))
            sides["cadquery cold fork"].append(theirs(arguments, "cold", path))
        print_programs(sides, walls, arguments.repeats)
        print_startup(arguments, folder)


if __name__ == "__main__":
    main()
