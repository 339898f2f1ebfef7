#!/usr/bin/env python3
"""The Python side of geometry.py (reference venv): CadQuery, trimesh, manifold, scipy, fpsample.

    python perf/geometry_peer.py PROGRAMS.jsonl FOLDER    then lines "first last" on stdin

One process, everything imported and one part built beforehand. For parts
[first, last) one JSON line: per part microseconds of CPU time by question (never more
than wall time, so other work on the machine cannot make this side look slow)
and the answers. Clouds come from FOLDER, see geometry_ours.cpp.
"""

import json
import os
import sys
import time

import cadquery
import fpsample
import numpy
import trimesh
from scipy.spatial import cKDTree

DENSE, CHOSEN = 8192, 256


def build(code):
    names = {}
    exec(compile(code, "<program>", "exec"), names)  # the corpus's own programs
    return names["r"]


def mesh_of(result):
    vertices, faces = result.val().tessellate(0.001, 0.1)
    return trimesh.Trimesh([v.toTuple() for v in vertices], faces)


def farthest(points):
    return fpsample.fps_sampling(points, CHOSEN, start_idx=0)


def chamfer(a, b):
    return (cKDTree(b).query(a)[0] ** 2).mean() + (cKDTree(a).query(b)[0] ** 2).mean()


def intersection_over_union(a, b):
    common = trimesh.boolean.intersection([a, b], engine="manifold").volume
    return common / (a.volume + b.volume - common)


def route(code):
    dense = trimesh.sample.sample_surface(mesh_of(build(code)), DENSE, seed=1)[0]
    return farthest(dense.astype(numpy.float32))


class Measured:
    """Microseconds and answers of one part."""

    def __init__(self):
        self.us, self.value = {}, {}

    def ask(self, name, question, *arguments):
        start = time.process_time()
        answer = question(*arguments)
        self.us[name] = (time.process_time() - start) * 1e6
        return answer


def measure(row, stem, other):
    """`other`: the stem of the part whose cloud is compared with this one's."""
    m = Measured()
    m.value["check"] = m.ask("check", lambda: all(shape.isValid() for shape in build(row["code"]).vals()))
    m.value["volume"] = m.ask("volume", lambda: build(row["code"]).val().Volume())
    result = build(row["code"])
    m.value["area"] = m.ask("area", lambda: result.val().Area())
    m.ask("route", route, row["code"])
    truth, guess = mesh_of(result), mesh_of(build(row["prediction"]))
    m.ask("sample", lambda: trimesh.sample.sample_surface(mesh_of(build(row["code"])), DENSE, seed=1))
    try:
        m.value["iou"] = float(m.ask("iou", intersection_over_union, truth, guess))
    except Exception as error:  # manifold refuses meshes that do not close
        m.value["iou"], m.us["iou"] = f"{type(error).__name__}", None
    a, b, p = (numpy.fromfile(f"{stem}.{which}").reshape(-1, 3) for which in "abp")
    m.value["cd_equal"] = m.ask("cd_equal", chamfer, a, b)
    m.value["cd_prediction"] = m.ask("cd_prediction", chamfer, a, p) if len(p) else None
    m.value["cd_different"] = m.ask("cd_different", chamfer, a, numpy.fromfile(f"{other}.a").reshape(-1, 3))
    ours = numpy.fromfile(f"{stem}.fps", numpy.uint32)
    single = a.astype(numpy.float32)
    functions = {
        "fps": farthest,
        "fps_bucket": lambda points: fpsample.bucket_fps_kdline_sampling(points, CHOSEN, h=5, start_idx=0),
        "fps_bucket_tree": lambda points: fpsample.bucket_fps_kdtree_sampling(points, CHOSEN, start_idx=0),
    }
    for name, function in functions.items():
        m.value[name] = bool((m.ask(name, function, single) == ours).all())
    return {"us": m.us, "value": m.value}


def main():
    programs, folder = sys.argv[1:]
    with open(programs) as lines:
        rows = [json.loads(line) for line in lines]
    mesh = mesh_of(cadquery.Workplane().box(1, 1, 1).cut(cadquery.Workplane().sphere(0.6)))
    intersection_over_union(mesh, mesh)  # loads what is loaded at first use
    farthest(trimesh.sample.sample_surface(mesh, DENSE, seed=1)[0].astype(numpy.float32))
    for line in sys.stdin:
        first, last = map(int, line.split())
        stems = [os.path.join(folder, str(i)) for i in range(first, last)]
        answers = [measure(rows[first + k], stems[k], stems[(k + 1) % len(stems)]) for k in range(len(stems))]
        for stem in stems:
            for which in ("a", "b", "p", "fps"):
                os.unlink(f"{stem}.{which}")
        print(json.dumps(answers), flush=True)


if __name__ == "__main__":
    main()
