#!/usr/bin/env python3
"""The peers' way from program to cloud, for cloud_speed.py (reference venv).

    python perf/cloud_side.py programs.jsonl

Warm, in one process, no fork, no file: execute with CadQuery, tessellate
(0.001, 0.1), 8192 points on the mesh, 256 farthest, noise. Prints CPU seconds a
program and stage as one JSON object.
"""

import json
import sys
import time

import cadquery
import fpsample
import numpy
import trimesh

STAGES = ("execute", "mesh", "8192 points", "256 farthest")


def sample(code, random, times):
    clock = [time.thread_time()]
    names = {}
    exec(compile(code, "<program>", "exec"), names)
    clock.append(time.thread_time())
    vertices, faces = names["r"].val().tessellate(0.001, 0.1)
    mesh = trimesh.Trimesh([(v.x, v.y, v.z) for v in vertices], faces)
    clock.append(time.thread_time())
    points, _ = trimesh.sample.sample_surface(mesh, 8192)
    clock.append(time.thread_time())
    cloud = points[fpsample.fps_sampling(points, 256)] / 100
    if random.random() < 0.5:
        cloud = cloud + random.normal(0, 0.01, cloud.shape)
    clock.append(time.thread_time())
    for stage, begin, end in zip(STAGES, clock, clock[1:]):
        times[stage].append(end - begin)
    return cloud


def main():
    with open(sys.argv[1]) as lines:
        programs = [json.loads(line)["code"] for line in lines]
    random = numpy.random.default_rng(0)
    warm = "import cadquery as cq\nr=cq.Workplane().box(2,2,2).cut(cq.Workplane().sphere(1.2))"
    sample(warm, random, {s: [] for s in STAGES})
    times = {s: [] for s in STAGES}
    for code in programs:
        sample(code, random, times)
    out = {stage: sum(t) / len(t) for stage, t in times.items()}
    print(json.dumps({"sample": sum(out.values()), **out}))


if __name__ == "__main__":
    main()
