#!/usr/bin/env python3
"""The analytic geometry beside the Python route, on one core, in one run.

    python3 perf/geometry.py build/perf/bin/geometry_ours VENV_PYTHON [--every 1] [--out rows.jsonl]

Both sides are warm processes pinned to the same core; they take turns over the
v1.5 development parts, a stretch of parts each. Ours is wall time, the median
of a few passes over the stretch; theirs is CPU time, one pass. Prints, by question, the
medians with quartiles, the ratio of medians, the median and 5th percentile of the parts' own ratios,
the ratio of totals and what issue 4 asks; then how well the answers agree. Asserts nothing.

  check    parse + build + verdict           | execute + BRepCheck
  volume   parse + build + volume            | execute + OCCT's volume
  area     build + surface area              | OCCT's area of the built shape
  route    program to 8192 to 256 points     | execute, tessellate 0.001/0.1, trimesh, fpsample (exact)
  sample   build + 8192 points               | execute, tessellate, trimesh
  iou      build both + overlap              | trimesh + manifold on finished meshes
  cd       both ways, 8192 points, trees too | scipy's cKDTree on the same points; of a part drawn
           twice, of it and its prediction, of it and the next part
  fps      8192 to 256                       | fpsample exact; its bucket variants; pytorch3d's loop in C++ -O3
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

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "parity"))
import corpus  # noqa: E402

# question, ours, theirs, ratio asked for
LINES = [
    ("parse + build + verdict", "check", "check", 700),
    ("volume", "volume", "volume", 500),
    ("area", "area", "area", None),
    ("program to 256 points", "route", "route", 40),
    ("8192 surface points", "sample", "sample", None),
    ("CD, equal parts", "cd_equal", "cd_equal", 3),
    ("CD, part and prediction", "cd_prediction", "cd_prediction", 3),
    ("CD, different parts", "cd_different", "cd_different", 3),
    ("IoU", "iou", "iou", 100),
    ("FPS beside fpsample", "fps", "fps", 5),
    ("FPS beside its bucket line", "fps", "fps_bucket", None),
    ("FPS beside its bucket tree", "fps", "fps_bucket_tree", None),
    ("FPS beside pytorch3d's loop", "fps", "fps_plain_loop", 5),
]


class Side:
    """One of the two processes."""

    def __init__(self, core, command):
        # one thread a side: numpy and the kernel must not spread out
        environment = dict(os.environ, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
        self.process = subprocess.Popen(
            ["taskset", "-c", str(core), *map(str, command)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
        )

    def ask(self, first, last):
        self.process.stdin.write(f"{first} {last}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"geometry: {self.process.args[3]} died at parts {first} to {last}")
        return json.loads(line)


def quartiles(values):
    low, middle, high = statistics.quantiles(values, n=4)
    return f"{middle:10.1f} ({low:8.1f} to {high:8.1f})"


def print_ratios(rows):
    print(f"\n{'':28}  parts   ours us: median (quartiles)      theirs us: median (quartiles)       "
          "medians  of parts     5 %   totals   asked")
    for title, ours, theirs, asked in LINES:
        pairs = []
        for row in rows:
            t = (row["ours"] if theirs == "fps_plain_loop" else row["theirs"])["us"].get(theirs)
            o = row["ours"]["us"][ours]
            if t is not None and o is not None:
                pairs.append((o, t))
        a, b = zip(*pairs)
        each = sorted(t / o for o, t in pairs)
        print(f"{title:28} {len(pairs):6} {quartiles(a)} {quartiles(b)}  {statistics.median(b) / statistics.median(a):8.1f}"
              f"{statistics.median(each):10.1f}{each[len(each) // 20]:8.1f}{sum(b) / sum(a):9.1f}"
              f"   {'' if asked is None else f'>= {asked}'}")


def print_agreement(rows):
    def values(side, name):
        return [row[side]["value"][name] for row in rows]

    def both(name):
        """The pairs where both sides answered with a number."""
        pairs = zip(values("ours", name), values("theirs", name))
        return [(o, t) for o, t in pairs if isinstance(o, float) and isinstance(t, float)]

    print("\nagreement")
    print(f"  valid: ours {sum(values('ours', 'check')):.0f}, theirs {sum(values('theirs', 'check'))} of {len(rows)}")
    for name in ("volume", "area"):
        worst = max(abs(o / t - 1) for o, t in both(name))
        print(f"  {name}: largest relative difference {worst:.1e}")
    pairs = both("iou")
    gaps = sorted(abs(o - t) for o, t in pairs)
    print(f"  IoU: {values('ours', 'iou').count(None)} predictions refused here (self-crossing), {sum(isinstance(t, str) for t in values('theirs', 'iou'))} by manifold; of the rest median difference "
          f"{statistics.median(gaps):.1e}, 99th percentile {gaps[len(gaps) * 99 // 100]:.1e} (their meshes are faceted)")
    for name in ("cd_equal", "cd_prediction", "cd_different"):
        worst = max(abs(o / t - 1) for o, t in both(name) if t > 0)  # 0: a stretch of one part
        print(f"  {name}: largest relative difference {worst:.1e}")
    same = {name: sum(values("theirs", name)) for name in ("fps", "fps_bucket", "fps_bucket_tree")}
    plain = sum(values("ours", "fps_plain_loop"))
    print(f"  same FPS indices: pytorch3d's loop {plain:.0f}, fpsample exact {same['fps']}, bucket line "
          f"{same['fps_bucket']}, bucket tree {same['fps_bucket_tree']} of {len(rows)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("python", help="python of the reference venv (tools/reference/setup), with fpsample")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--stretch", type=int, default=16, help="parts a side measures before the other's turn")
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
    parser.add_argument("--out", help="the rows as JSON lines")
    arguments = parser.parse_args()
    data = corpus.folder()
    if data is None:
        sys.exit("geometry: no corpus; set CADRECODE_CORPUS")
    commit = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    print(f"commit {commit}, {platform.machine()}, core {arguments.core} of {os.cpu_count()}, load {os.getloadavg()[0]:.2f}")
    by_kind = {}
    for name, code in corpus.development(data):
        part, kind = name.rsplit("/", 1)
        by_kind.setdefault(kind, {})[part] = code
    parts = list(by_kind["code"])[:: arguments.every]
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        programs = folder / "programs.jsonl"
        programs.write_text("".join(
            json.dumps({"code": by_kind["code"][p], "prediction": by_kind["prediction_a"][p]}) + "\n" for p in parts))
        ours = Side(arguments.core, [arguments.binary, programs, folder])
        theirs = Side(arguments.core, [arguments.python, pathlib.Path(__file__).with_name("geometry_peer.py"), programs, folder])
        for first in range(0, len(parts), arguments.stretch):
            last = min(first + arguments.stretch, len(parts))
            for part, o, t in zip(parts[first:last], ours.ask(first, last), theirs.ask(first, last)):
                rows.append({"id": part, "ours": o, "theirs": t})
            print(f"\r{last}/{len(parts)}", end="", file=sys.stderr)
        print(file=sys.stderr)
    if arguments.out:
        pathlib.Path(arguments.out).write_text("".join(json.dumps(row) + "\n" for row in rows))
    print_ratios(rows)
    print_agreement(rows)


if __name__ == "__main__":
    main()
