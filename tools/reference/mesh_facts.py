#!/usr/bin/env python3
"""Facts of real mesh files by trimesh and overlaps by manifold, for the tests.

Usage: mesh_facts.py CORPUS OUT
CORPUS holds trimesh_models.tar.xz, scans.tar.xz and cadprompt_deepcad200.tar.xz;
OUT (tests/unit/mesh/facts) gets
  mesh_facts.tsv   archive, file, vertices (welded), faces, watertight, volume, area, box
  mesh_iou.tsv     two files of cadprompt, each moved to its box's centre and scaled
                   to longest side 1: volumes, intersection and IoU
Needs trimesh, scipy, manifold3d (see requirements.txt).
"""
import pathlib
import sys
import tarfile
import tempfile

import manifold3d
import numpy as np
import trimesh

ARCHIVES = ["trimesh_models", "scans", "cadprompt_deepcad200"]
KINDS = {".stl", ".ply", ".obj", ".off"}


def facts(path):
    mesh = trimesh.load(path, force="mesh", process=False)
    if not isinstance(mesh, trimesh.Trimesh) or len(mesh.faces) == 0:
        return None
    # Exactly equal corners become one, and faces that lose a corner go.
    vertices, inverse = np.unique(mesh.vertices + 0.0, axis=0, return_inverse=True)
    faces = inverse.reshape(-1)[mesh.faces]
    faces = faces[(faces[:, 0] != faces[:, 1]) & (faces[:, 1] != faces[:, 2]) & (faces[:, 2] != faces[:, 0])]
    if len(faces) == 0:
        return None
    mesh = trimesh.Trimesh(vertices, faces, process=False)
    used = len(np.unique(faces))
    box = vertices[np.unique(faces)]
    return [used, len(faces), int(mesh.is_watertight and mesh.is_winding_consistent),
            repr(float(mesh.volume)), repr(float(mesh.area)),
            *(repr(float(x)) for x in box.min(axis=0)), *(repr(float(x)) for x in box.max(axis=0))]


def unit_manifold(path):
    mesh = trimesh.load(path, force="mesh")
    lo, hi = mesh.bounds
    points = ((mesh.vertices - (lo + hi) / 2) / (hi - lo).max()).astype(np.float32)
    body = manifold3d.Manifold(manifold3d.Mesh(points, mesh.faces.astype(np.uint32)))
    return body if body.status() == manifold3d.Error.NoError and body.volume() > 0 else None


def main():
    corpus, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, open(out / "mesh_facts.tsv", "w") as table:
        for archive in ARCHIVES:
            root = pathlib.Path(folder) / archive
            with tarfile.open(corpus / f"{archive}.tar.xz") as tar:
                tar.extractall(root)
            paths = sorted(p for p in root.rglob("*") if p.suffix.lower() in KINDS)
            if archive.startswith("cadprompt"):
                stls = [p for p in paths if p.suffix == ".stl"]
                write_iou(stls, root, out / "mesh_iou.tsv")
                paths = paths[::10]
            for path in paths:
                try:
                    row = facts(path)
                except Exception as error:  # a file trimesh itself refuses
                    print(f"{path.name}: {error}", file=sys.stderr)
                    row = None
                if row:
                    print(archive, path.relative_to(root), *row, sep="\t", file=table)


def write_iou(paths, root, out):
    with open(out, "w") as table:
        for a, b in zip(paths[0:160:2], paths[1:160:2]):
            one, two = unit_manifold(a), unit_manifold(b)
            if one is None or two is None:
                continue
            both = (one ^ two).volume()
            iou = both / (one.volume() + two.volume() - both)
            print(a.relative_to(root), b.relative_to(root), repr(one.volume()), repr(two.volume()),
                  repr(both), repr(iou), sep="\t", file=table)


main()
