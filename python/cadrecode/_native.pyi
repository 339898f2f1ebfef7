"""The parts of cadrecode that work inside the process."""

from collections.abc import Sequence
from typing import Annotated, Any

import numpy
import numpy.typing
from numpy.typing import NDArray


version: str = '0.1.0'

class Part:
    """A sketch-and-extrude part: what a program of that kind means."""

    def __init__(self, code: str) -> None:
        """
        Reads a program; Error where it is none, or goes beyond sketches and extrusions.
        """

    @property
    def code(self) -> str:
        """The program in the compact dialect of CAD-Recode v1.5."""

    @property
    def readable(self) -> str:
        """The program with its dimensions named at the top."""

    @property
    def steps(self) -> list[dict[str, object]]:
        """Every step as plain dicts: operation, plane, profile, extent."""

    @property
    def valid(self) -> bool:
        """Whether a CAD kernel builds a valid solid of it."""

    @property
    def verdict(self) -> str:
        """Why it is not valid; empty where it is."""

    @property
    def volume(self) -> float: ...

    @property
    def area(self) -> float: ...

    @property
    def bbox(self) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
        """((x, y, z), (x, y, z)): the exact box's corners."""

    @property
    def moments(self) -> dict[str, object]:
        """volume, center, second moments xx yy zz xy yz zx about it."""

    def iou(self, other: Part) -> float:
        """Intersection over union of the two volumes, where they lie."""

    def sample(self, points: int = 256, dense: int = 8192, seed: int = 0) -> tuple[numpy.typing.NDArray[numpy.float64], numpy.typing.NDArray[numpy.float64]]:
        """
        (points [N, 3], normals [N, 3]): the farthest from each other of `dense` drawn evenly
        from the surface; dense=0: the drawn ones themselves.
        """

    def signed_distance(self, points: Annotated[NDArray[numpy.float64], dict(shape=(None, 3), order='C', device='cpu', writable=False)]) -> NDArray[numpy.float64]:
        """Distance of each point [N, 3] from the surface, negative inside."""

    def rounded(self, grid: float = 1.0) -> Part:
        """The part with every length a multiple of `grid`."""

    def __eq__(self, other: object, /) -> bool: ...

    def __hash__(self) -> int: ...

    def __len__(self) -> int: ...

    def __getstate__(self) -> str: ...

    def __setstate__(self, arg: str, /) -> None: ...

def farthest_points(points: Annotated[NDArray[numpy.float64], dict(shape=(None, 3), order='C', device='cpu', writable=False)], count: int) -> list[int]:
    """
    Indices of `count` points far from each other (pytorch3d's, from index 0).
    """

def metric(truth: str, prediction: str, points: int = 8192, seed: int = 0, fixed_scale: bool = False) -> dict[str, Any]: ...

def rewards(programs: Sequence[str], targets: Sequence[str], iou: float, invalid: float, threads: int) -> list[float]: ...

def misfit(program: str, points: Annotated[NDArray[numpy.float64], dict(shape=(None, 3), order='C', device='cpu', writable=False)], seed: int = 0) -> float | None:
    """
    How far the program's solid and the points are apart; None where there is no solid.
    """

class Knobs:
    def __init__(self) -> None: ...

    @staticmethod
    def load(path: str) -> Knobs: ...

    def draw(self, seed: int, index: int) -> dict[str, Any]: ...

def generate(folder: str, weights: str, clouds: Sequence[numpy.typing.NDArray[numpy.float64]], frame: str, samples: int, temperature: float, top_p: float, max_new_tokens: int, seed: int, constrain: bool, threads: int) -> list[list[dict[str, Any]]]: ...
