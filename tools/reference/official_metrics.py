#!/usr/bin/env python3
"""The official protocol's numbers, by its own libraries (trimesh, manifold, scipy).

    official_metrics.py CORPUS.jsonl OUT.jsonl [--every N] [--limit M] [--seeds K]

For each chosen row of the v1.5 development corpus: executes `code` (the truth)
and `prediction_a` with CadQuery, meshes both with tolerances (0.001, 0.1), goes
through STL as the official script does, normalises the prediction by its own
box, and writes
    id, cd        mean over SEEDS of the Chamfer distance x 1000 (8192 points)
    cd_sd         its standard deviation over the seeds (the sampling noise)
    iou_official  as the official script: watertight bodies pair by pair
    iou           whole meshes by manifold booleans, where both are volumes
    lost_bodies   bodies that the official split drops
Only numbers are kept; the programs stay in the corpus.
"""
import argparse
import io
import json
import sys

import cadquery as cq
import numpy as np
import trimesh
from scipy.spatial import cKDTree

POINTS = 8192


def mesh_of(code, tolerance, angle):
    scope = {}
    exec(code, scope)  # trusted: the corpus's own programs
    shape = scope["r"].val()
    vertices, faces = shape.tessellate(tolerance, angle)
    mesh = trimesh.Trimesh([v.toTuple() for v in vertices], faces)
    assert len(mesh.faces) > 2
    return trimesh.load(io.BytesIO(mesh.export(file_type="stl")), file_type="stl")


def normalise(mesh):
    mesh = mesh.copy()
    mesh.apply_translation(-(mesh.bounds[0] + mesh.bounds[1]) / 2)
    extent = mesh.extents.max()
    if extent > 1e-7:
        mesh.apply_scale(1 / extent)
    mesh.apply_translation([0.5, 0.5, 0.5])
    return mesh


def chamfer(a, b, row, seed):
    # A stream for every row: with one for all, errors of the rows would be alike,
    # and the mean over rows much less certain than their spread says.
    seeds = [(row * 1000 + seed) * 2 + side for side in (0, 1)]
    pa, pb = (trimesh.sample.sample_surface(m, POINTS, seed=s)[0] for m, s in zip((a, b), seeds))
    return 1000 * ((cKDTree(pb).query(pa)[0] ** 2).mean() + (cKDTree(pa).query(pb)[0] ** 2).mean())


def official_iou(truth, prediction):
    bodies = [m.split(only_watertight=True) for m in (truth, prediction)]
    common = 0.0
    for a in bodies[0]:
        for b in bodies[1]:
            common += trimesh.boolean.intersection([a, b], engine="manifold").volume
    union = sum(m.volume for group in bodies for m in group) - common
    lost = sum(len(m.split(only_watertight=False)) - len(group) for m, group in zip((truth, prediction), bodies))
    return (common / union if union > 0 else None), lost


def whole_iou(truth, prediction):
    if not (truth.is_volume and prediction.is_volume):
        return None
    common = trimesh.boolean.intersection([truth, prediction], engine="manifold").volume
    return common / (truth.volume + prediction.volume - common)


def measure(row, number, options):
    truth, prediction = (normalise(mesh_of(row[key], options.tolerance, options.angle)) for key in ("code", "prediction_a"))
    cds = [chamfer(truth, prediction, number, seed) for seed in range(options.seeds)]
    iou, lost = official_iou(truth, prediction)
    return {"id": row["id"], "cd": float(np.mean(cds)), "cd_sd": float(np.std(cds, ddof=1)),
            "iou_official": iou, "iou": whole_iou(truth, prediction), "lost_bodies": lost}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus")
    parser.add_argument("out")
    parser.add_argument("--every", type=int, default=4)
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--only", help="one id")
    parser.add_argument("--tolerance", type=float, default=0.001, help="of the meshes; the official one")
    parser.add_argument("--angle", type=float, default=0.1, help="likewise")
    options = parser.parse_args()
    rows = [json.loads(line) for line in open(options.corpus)][:: options.every][: options.limit]
    rows = [row for row in rows if options.only in (None, row["id"])]
    with open(options.out, "w") as out:
        for number, row in enumerate(rows, 1):
            try:
                result = measure(row, number, options)
            except Exception as error:  # recorded, not hidden
                result = {"id": row["id"], "error": f"{type(error).__name__}: {error}"}
            out.write(json.dumps(result) + "\n")
            out.flush()
            print(f"\r{number}/{len(rows)}", end="", file=sys.stderr)
    print(file=sys.stderr)


if __name__ == "__main__":
    main()
