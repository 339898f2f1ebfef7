#!/usr/bin/env python3
"""Inputs and truths for measuring `cadrecode reconstruct` (needs the reference venv).

    python tools/measure/reconstruct_inputs.py CORPUS OUT
    python tools/measure/reconstruct_inputs.py --degrade OUT [KIND ...]

CORPUS is the corpus folder, OUT gets three folders:

* stl/NAME.stl    the 200 scans of cadprompt (Ground_Truth.stl), as they are
* cloud/NAME.npy  every 10th (--stride) CAD-Recode v1.5 development part as 8192 points
                  drawn area-weighted from its surface, float32 [8192, 3]
* truth/NAME.stl  the mesh a result is compared with, for both kinds

With --degrade, one more folder of clouds for each kind of bad scan (all of
them if none is named), from every mesh in OUT/truth:

* points8192 points2048 points500      fewer points
* noise02 noise05 noise10              sigma 0.2, 0.5, 1 % of the longest side, in each coordinate
* missing6                             the sixth of the points nearest to a random one of them
* outliers2                            2 % of the points anywhere in the box, half as large again
* pose                                 turned and moved at random
* combined                             noise05, missing6 and pose together

All but the fewer points start from 8192. pose/KIND/NAME.npy is the 4 x 4 matrix
that takes the truth to where the cloud lies, where it was moved.

The solid of a v1.5 part is made by real CadQuery and meshed at 0.001 / 0.1 rad;
points come from trimesh with the row number as seed, so all is reproducible.
"""

import argparse
import io
import json
import lzma
import pathlib
import sys
import tarfile
import zlib

import numpy as np
import trimesh

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "reference"))
import facts  # noqa: E402

POINTS = 8192
STRIDE = 10
COUNT = {"points2048": 2048, "points500": 500}
NOISE = {"noise02": 0.002, "noise05": 0.005, "noise10": 0.01, "combined": 0.005}
MISSING = {"missing6", "combined"}
POSED = {"pose", "combined"}
KINDS = ["points8192", *COUNT, "noise02", "noise05", "noise10", "missing6", "outliers2", "pose", "combined"]


def write_scans(corpus, out):
    """The cadprompt ground truths, as input and as truth."""
    with tarfile.open(corpus / "cadprompt_deepcad200.tar.xz") as archive:
        for member in archive:
            path = pathlib.PurePosixPath(member.name)
            if path.name != "Ground_Truth.stl":
                continue
            data = archive.extractfile(member).read()
            trimesh.load(io.BytesIO(data), file_type="stl")  # a damaged file should fail here
            for folder in ("stl", "truth"):
                (out / folder / f"{path.parent.name}.stl").write_bytes(data)


def mesh_of(code):
    """Triangle mesh of a program's result."""
    names = facts.Names()
    exec(compile(code, facts.FILE_NAME, "exec"), names)
    vertices, triangles = [], []
    for shape in facts.result_of(names):
        points, faces = shape.tessellate(0.001, 0.1)
        base = len(vertices)
        vertices += [p.toTuple() for p in points]
        triangles += [[base + i for i in face] for face in faces]
    return trimesh.Trimesh(np.array(vertices), np.array(triangles), process=False)


def write_clouds(corpus, out, stride):
    """Every stride-th v1.5 development part as cloud and truth."""
    with lzma.open(corpus / "cadrecode_v15_dev.jsonl.xz", "rt") as lines:
        for number, line in enumerate(lines):
            if number % stride:
                continue
            row = json.loads(line)
            mesh = mesh_of(row["code"])
            points, _ = trimesh.sample.sample_surface(mesh, POINTS, seed=number)
            np.save(out / "cloud" / f"{row['id']}.npy", np.asarray(points, np.float32))
            mesh.export(out / "truth" / f"{row['id']}.stl")


def random_pose(size, stream):
    """A uniform rotation and a move of up to a size, as a 4 x 4 matrix."""
    pose = trimesh.transformations.random_rotation_matrix(stream.random(3))
    pose[:3, 3] = stream.uniform(-size, size, 3)
    return pose


def degraded(mesh, kind, stream):
    """Points of the mesh as a bad scan gives them, and the pose (or None)."""
    points, _ = trimesh.sample.sample_surface(mesh, COUNT.get(kind, POINTS), seed=int(stream.integers(1 << 31)))
    size = np.ptp(points, axis=0).max()
    pose = random_pose(size, stream) if kind in POSED else None
    if kind in MISSING:
        centre = points[stream.integers(len(points))]
        points = points[np.argsort(np.linalg.norm(points - centre, axis=1))[len(points) // 6 :]]
        points = stream.permutation(points)
    if kind == "outliers2":
        low, high = points.min(axis=0), points.max(axis=0)
        some = stream.random(len(points)) < 0.02
        points[some] = (low + high) / 2 + (high - low) * 1.5 * (stream.random((some.sum(), 3)) - 0.5)
    points = points + stream.normal(0, NOISE.get(kind, 0) * size, points.shape)
    if pose is not None:
        points = trimesh.transform_points(points, pose)
    return np.asarray(points, np.float32), pose


def write_degraded(out, kinds):
    """Clouds of every truth, one folder a kind."""
    for kind in kinds:
        (out / kind).mkdir(exist_ok=True)
        (out / "pose" / kind).mkdir(parents=True, exist_ok=True)
    for path in sorted((out / "truth").glob("*.stl")):
        mesh = trimesh.load(path)
        for kind in kinds:
            stream = np.random.default_rng(zlib.crc32(f"{kind}/{path.stem}".encode()))
            points, pose = degraded(mesh, kind, stream)
            np.save(out / kind / f"{path.stem}.npy", points)
            if pose is not None:
                np.save(out / "pose" / kind / f"{path.stem}.npy", pose)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--degrade", action="store_true", help="bad scans from the truths already in OUT")
    parser.add_argument("paths", nargs="+", help="CORPUS OUT; or OUT and kinds")
    parser.add_argument("--stride", type=int, default=STRIDE, help="take every N-th v1.5 part (1: all 1309)")
    arguments = parser.parse_args()
    if arguments.degrade:
        write_degraded(pathlib.Path(arguments.paths[0]), arguments.paths[1:] or KINDS)
        return
    arguments.corpus, arguments.out = map(pathlib.Path, arguments.paths)
    for folder in ("stl", "cloud", "truth"):
        (arguments.out / folder).mkdir(parents=True, exist_ok=True)
    facts.load_cadquery()
    write_scans(arguments.corpus, arguments.out)
    write_clouds(arguments.corpus, arguments.out, arguments.stride)
    for folder in ("stl", "cloud", "truth"):
        print(folder, len(list((arguments.out / folder).iterdir())), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
