#!/usr/bin/env python3
"""The official side of pairs_rate.py (reference venv): CPU seconds as JSON.

Reads file names from stdin, one a line; each holds JSON rows with gt_code and
pred_code. For every row, in this one warm process: execute both programs, check
validity, mesh with tolerances (0.001, 0.1), go through STL, normalise, draw 8192
points of each, Chamfer distance by k-d trees both ways, IoU by booleans of the
watertight bodies. This is kinder than the published script, which forks a cold
process for every program. Answers {"cpu", "wall", "truth_cpu", "rows", "failed"};
truth_cpu is the share of executing, checking and meshing the truth, which a
published ground truth (an STL) does not need.
"""
import io
import json
import sys
import time

import cadquery
import trimesh
from scipy.spatial import cKDTree

POINTS = 8192


def mesh_of(code):
    names = {}
    exec(compile(code, "<program>", "exec"), names)
    shape = names["r"].val()
    valid = shape.isValid()
    vertices, faces = shape.tessellate(0.001, 0.1)
    mesh = trimesh.Trimesh([v.toTuple() for v in vertices], faces)
    return trimesh.load(io.BytesIO(mesh.export(file_type="stl")), file_type="stl"), valid


def normalise(mesh):
    mesh.apply_translation(-(mesh.bounds[0] + mesh.bounds[1]) / 2)
    if mesh.extents.max() > 1e-7:
        mesh.apply_scale(1 / mesh.extents.max())
    mesh.apply_translation([0.5, 0.5, 0.5])
    return mesh


def score(truth, prediction):
    a, b = (trimesh.sample.sample_surface(m, POINTS)[0] for m in (truth, prediction))
    cd = 1000 * ((cKDTree(b).query(a)[0] ** 2).mean() + (cKDTree(a).query(b)[0] ** 2).mean())
    bodies = [m.split(only_watertight=True) for m in (truth, prediction)]
    common = sum(trimesh.boolean.intersection([p, q], engine="manifold").volume for p in bodies[0] for q in bodies[1])
    union = sum(m.volume for group in bodies for m in group) - common
    return cd, common / union if union > 0 else None


def evaluate(path):
    with open(path) as lines:
        rows = [json.loads(line) for line in lines]
    cpu, wall, truth_cpu, failed = time.process_time(), time.perf_counter(), 0.0, 0
    for row in rows:
        before = time.process_time()
        try:
            truth, _ = mesh_of(row["gt_code"])
            truth_cpu += time.process_time() - before
            prediction, _ = mesh_of(row["pred_code"])
            score(normalise(truth), normalise(prediction))
        except Exception:
            failed += 1
    return {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "truth_cpu": truth_cpu, "rows": len(rows), "failed": failed}


def main():
    cadquery.Workplane().box(1, 1, 1).cut(cadquery.Workplane().sphere(0.6)).val().isValid()
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(evaluate(line.strip())), flush=True)


if __name__ == "__main__":
    main()
