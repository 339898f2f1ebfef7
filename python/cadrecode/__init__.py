"""cadrecode: scans to editable CadQuery programs, and everything around them.

    import cadrecode
    made = cadrecode.reconstruct("bracket.stl")
    print(made.program, made.verdict, made.iou)
    cadrecode.run(made.program, "bracket.step")

`Part`, `metric`, `generate`, `Model` work inside this process; programs and scans go to the
program `cadrecode`, which holds the CAD kernel and isolates what it executes.
"""

from __future__ import annotations

from typing import Any

from ._data import dataset, generate
from ._model import Model
from ._native import Part, farthest_points, misfit
from ._native import version as __version__
from ._reconstruct import Reconstruction, reconstruct
from ._run import Facts, run, run_many
from .compat import reward
from .errors import Error


def metric(truth: str, prediction: str, *, points: int = 8192, seed: int = 0,
           fixed_scale: bool = False) -> dict[str, Any]:
    """The official Chamfer distance (x 1000), its excess over sampling, and IoU of two programs.

    A prediction without a valid solid gives valid=False and the reason.
    """
    from . import _native

    return _native.metric(truth, prediction, points, seed, fixed_scale)


def sample(code: str, points: int = 256, *, dense: int = 8192, seed: int = 0) -> Any:
    """Points [points, 3] on the program's surface, far from each other."""
    return Part(code).sample(points, dense, seed)[0]


__all__ = ["Error", "Facts", "Model", "Part", "Reconstruction", "__version__", "dataset", "farthest_points",
           "generate", "metric", "misfit", "reconstruct", "reward", "run", "run_many", "sample"]
