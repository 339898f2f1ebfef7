"""To and from the libraries beside: CadQuery, build123d, trimesh."""

from __future__ import annotations

import pathlib
import tempfile
from typing import Any

import numpy as np

from ._run import run


def to_cadquery(code: str) -> Any:
    """A live cq.Workplane of the program: executed by CadQuery itself, in this process.

    Only for programs you trust: this is plain Python, without a sandbox."""
    scope: dict[str, Any] = {}
    exec(compile(code, "<program>", "exec"), scope)  # noqa: S102: said above
    for name in ("r", "result", "solid", "shape", "model", "part"):
        if name in scope:
            return scope[name]
    raise ValueError("the program gives none of r, result, solid, shape, model, part a value")


def to_build123d(code: str) -> Any:
    """A build123d Part of the program, by way of STEP: executed here, isolated."""
    from build123d import import_step

    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "part.step"
        run(code, path)
        return import_step(str(path))


def to_trimesh(code: str) -> Any:
    """A trimesh.Trimesh of the program."""
    import trimesh

    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "part.stl"
        run(code, path)
        return trimesh.load(str(path))


def from_stl(data: bytes) -> tuple[np.ndarray, np.ndarray]:
    """A binary STL as (vertices [N, 3], faces [M, 3]), vertices that coincide merged."""
    count = int(np.frombuffer(data, "<u4", 1, 80)[0])
    rows = np.frombuffer(data, [("n", "<f4", 3), ("v", "<f4", (3, 3)), ("a", "<u2")], count, 84)
    vertices, inverse = np.unique(rows["v"].reshape(-1, 3), axis=0, return_inverse=True)
    return vertices.astype(np.float64), inverse.reshape(-1, 3)
