#!/usr/bin/env python3
"""Inputs and truths for measuring `cadrecode reconstruct` (needs the reference venv).

    python tools/measure/reconstruct_inputs.py CORPUS OUT

CORPUS is the corpus folder, OUT gets three folders:

* stl/NAME.stl    the 200 scans of cadprompt (Ground_Truth.stl), as they are
* cloud/NAME.npy  every 10th CAD-Recode v1.5 development part as 8192 points
                  drawn area-weighted from its surface, float32 [8192, 3]
* truth/NAME.stl  the mesh a result is compared with, for both kinds

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

import numpy as np
import trimesh

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "reference"))
import facts  # noqa: E402

POINTS = 8192
STRIDE = 10


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


def write_clouds(corpus, out):
    """Every STRIDE-th v1.5 development part as cloud and truth."""
    with lzma.open(corpus / "cadrecode_v15_dev.jsonl.xz", "rt") as lines:
        for number, line in enumerate(lines):
            if number % STRIDE:
                continue
            row = json.loads(line)
            mesh = mesh_of(row["code"])
            points, _ = trimesh.sample.sample_surface(mesh, POINTS, seed=number)
            np.save(out / "cloud" / f"{row['id']}.npy", np.asarray(points, np.float32))
            mesh.export(out / "truth" / f"{row['id']}.stl")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    arguments = parser.parse_args()
    for folder in ("stl", "cloud", "truth"):
        (arguments.out / folder).mkdir(parents=True, exist_ok=True)
    facts.load_cadquery()
    write_scans(arguments.corpus, arguments.out)
    write_clouds(arguments.corpus, arguments.out)
    for folder in ("stl", "cloud", "truth"):
        print(folder, len(list((arguments.out / folder).iterdir())), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
