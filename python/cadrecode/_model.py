"""Models: `Model`."""

from __future__ import annotations

import os
from typing import Any, Optional, Sequence, Union

import numpy as np

from . import _native


class Model:
    """A folder in Hugging Face format (CAD-Recode's, or one trained here), on the CPU engine."""

    def __init__(self, folder: Union[str, os.PathLike[str]], weights: str = "") -> None:
        """weights: fp32, bf16, int8, int4; empty: as stored."""
        self.folder = os.fspath(folder)
        self.weights = weights

    def generate(self, clouds: Union[np.ndarray, Sequence[np.ndarray]], *, samples: int = 1,
                 temperature: float = 0.0, top_p: float = 1.0, max_new_tokens: int = 768, seed: int = 0,
                 frame: str = "unit", constrain: bool = False, threads: int = 0) -> list[list[dict[str, Any]]]:
        """Programs for each cloud [N, 3], `samples` of each: dicts with code, tokens,
        log_probability, finish, error. A single array gives a list of one."""
        many = [clouds] if isinstance(clouds, np.ndarray) and clouds.ndim == 2 else list(clouds)
        arrays = [np.ascontiguousarray(cloud, dtype=np.float64) for cloud in many]
        return _native.generate(self.folder, self.weights, arrays, frame, samples, temperature, top_p,
                                max_new_tokens, seed, constrain, threads)

    def best(self, cloud: np.ndarray, samples: int = 10, temperature: float = 0.7, seed: int = 0) -> Optional[str]:
        """Of several programs the one whose solid lies nearest to the points; None where none is valid.

        The cloud must lie in the frame the programs live in."""
        cloud = np.ascontiguousarray(cloud, dtype=np.float64)
        rows = self.generate(cloud / 100, samples=samples, temperature=temperature, seed=seed, frame="source")[0]
        scored = [(m, row["code"]) for row in rows if (m := _native.misfit(row["code"], cloud, seed)) is not None]
        return min(scored)[1] if scored else None
