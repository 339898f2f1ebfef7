"""Scans to programs: `reconstruct`."""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import tempfile
from typing import Any, Optional, Union

import numpy as np

from . import _native, _program
from .errors import Error


@dataclasses.dataclass
class Reconstruction:
    """An editable program and how well it explains the scan."""

    program: str
    report: dict[str, Any]
    step: bytes = dataclasses.field(repr=False)
    stl: bytes = dataclasses.field(repr=False)
    picture: bytes = dataclasses.field(repr=False)

    @property
    def part(self) -> _native.Part:
        return _native.Part(self.program)

    @property
    def verdict(self) -> str:
        """exact, good, approximate or poor."""
        return str(self.report["verdict"])

    @property
    def iou(self) -> Optional[float]:
        """With the input, where that is closed."""
        value = self.report.get("iou")
        return None if value is None else float(value)

    def to_step(self, path: Union[str, os.PathLike[str]]) -> None:
        pathlib.Path(path).write_bytes(self.step)

    def to_stl(self, path: Union[str, os.PathLike[str]]) -> None:
        pathlib.Path(path).write_bytes(self.stl)

    def _repr_png_(self) -> bytes:
        return self.picture

    def _repr_html_(self) -> str:
        from ._view import page

        return page(self.stl, self.program)


def _written(source: Any, folder: pathlib.Path) -> pathlib.Path:
    """The scan as a file: an array, a mesh of trimesh's, a cloud or mesh of Open3D's."""
    if isinstance(source, (str, os.PathLike)):
        return pathlib.Path(source)
    target = folder / "scan"
    if hasattr(source, "vertices") and hasattr(source, "faces"):  # trimesh.Trimesh
        return _stl(np.asarray(source.vertices), np.asarray(source.faces), target)
    if hasattr(source, "vertices") and hasattr(source, "triangles"):  # open3d TriangleMesh
        return _stl(np.asarray(source.vertices), np.asarray(source.triangles), target)
    points = source.points if hasattr(source, "points") else source  # open3d or trimesh PointCloud
    points = np.asarray(points, dtype=np.float64)
    if points.ndim != 2 or points.shape[1] not in (3, 6):
        raise Error("value", f"points of shape {points.shape}: [N, 3] (or [N, 6] with normals) is wanted")
    np.save(target.with_suffix(".npy"), points)
    return target.with_suffix(".npy")


def _stl(vertices: np.ndarray, faces: np.ndarray, target: pathlib.Path) -> pathlib.Path:
    triangles = np.zeros(len(faces), dtype=[("n", "<f4", 3), ("v", "<f4", (3, 3)), ("a", "<u2")])
    triangles["v"] = vertices[faces]
    path = target.with_suffix(".stl")
    path.write_bytes(b"\0" * 80 + np.uint32(len(faces)).tobytes() + triangles.tobytes())
    return path


def reconstruct(source: Any, *, budget: float = 3.0, candidates: int = 12, align: str = "auto",
                units: str = "", seed: int = 0) -> Reconstruction:
    """A scan as an editable program, in the scan's own coordinates and unit.

    source: a file (mesh, cloud, STEP), an array [N, 3] of points, or a mesh or cloud of
    trimesh or Open3D. budget: seconds to look for better candidates.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        scan = _written(source, folder)
        out = folder / "out"
        arguments = ["reconstruct", str(scan), "-o", str(out), "--json", "--budget", str(budget),
                     "--candidates", str(candidates), "--align", align, "--seed", str(seed), "--jobs", "1"]
        if units:
            arguments += ["--units", units]
        report = json.loads(_program.call(arguments, accept=(0, 1)).splitlines()[0])
        if report.get("status") != "ok":
            error = report.get("error", {})
            raise Error(error.get("kind", "input"), error.get("message", "no answer"))
        files = {path.suffix: path.read_bytes() for path in out.rglob(scan.stem + ".*")}
        program = files[".py"].decode()
        return Reconstruction(program, report, files.get(".step", b""), files.get(".stl", b""), files.get(".png", b""))
