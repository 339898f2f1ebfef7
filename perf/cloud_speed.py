#!/usr/bin/env python3
"""Training samples a second, program to cloud of 256 points, beside the peers' way.

    python3 perf/cloud_speed.py build/perf/bin/dataset_perf VENV_PYTHON [--every 6] [--repeats 3]

Every N-th CAD-Recode v1.5 program, one pinned core, sides alternating. CPU
seconds, so that other work on the machine counts little. Ours: row from a
shard, Part, 8192 points, farthest 256, noise; theirs: cloud_side.py. Prints a
table; asserts nothing.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "parity"))
import corpus  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("python", help="python of the reference venv (tools/reference/setup)")
    parser.add_argument("--every", type=int, default=6)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
    arguments = parser.parse_args()
    data = corpus.folder()
    if data is None:
        sys.exit("cloud_speed: no corpus; set CADRECODE_CORPUS")
    commit = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout
    print(f"commit {commit.strip()}, core {arguments.core} of {os.cpu_count()}, load {os.getloadavg()[0]:.2f}")
    side = pathlib.Path(__file__).with_name("cloud_side.py")
    ours, theirs = [], []
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        programs = [(i, c) for i, c in corpus.development(data) if i.endswith("/code")][:: arguments.every]
        file.write("".join(json.dumps({"id": i, "code": c}) + "\n" for i, c in programs))
        file.flush()
        for _ in range(arguments.repeats):
            for runs, command in ((ours, [arguments.binary, file.name, "4"]), (theirs, [arguments.python, side, file.name])):
                done = subprocess.run(["taskset", "-c", str(arguments.core), *map(str, command)],
                                      stdout=subprocess.PIPE, text=True, check=True)
                runs.append(json.loads(done.stdout.splitlines()[-1]))
    print(f"{len(programs)} programs, {arguments.repeats} repeats, CPU milliseconds a sample: median (min to max)")
    for name, runs in (("ours", ours), ("peers", theirs)):
        for stage in runs[0]:
            if stage in ("samples", "failed"):
                continue
            values = [1e3 * run[stage] for run in runs]
            rate = f"   {1e3 / statistics.median(values):8.1f} /s/core" if stage == "sample" else ""
            print(f"{name:6} {stage:18} {statistics.median(values):9.4f} ({min(values):.4f} to {max(values):.4f}){rate}")
    print(f"failed: {ours[0]['failed']} of {ours[0]['samples']}")
    ratios = [t["sample"] / o["sample"] for o, t in zip(ours, theirs)]
    print(f"ratio, of each repeat: {' '.join(f'{r:.1f}' for r in ratios)}")


if __name__ == "__main__":
    main()
