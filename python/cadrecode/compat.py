"""The field's scripts, answered here: the official evaluation and rewards for RL trainers."""

from __future__ import annotations

import json
import os
import pathlib
from typing import Any, Optional, Sequence, Union

import numpy as np

from . import _native, _program


def evaluate(ground_truth: Union[str, os.PathLike[str]], predictions: Union[str, os.PathLike[str]],
             points: int = 8192, jobs: Optional[int] = None) -> dict[str, Any]:
    """The official numbers of a folder of predictions (`<stem>+<k>.py`) against one of meshes.

    The dict that `cadrecode metric --json` ends with: mean_cd, median_cd, mean_iou, invalid_ratio …
    """
    arguments = ["metric", "--gt", os.fspath(ground_truth), "--pred", os.fspath(predictions), "--json",
                 "--points", str(points)]
    if jobs:
        arguments += ["--threads", str(jobs)]
    rows: list[dict[str, Any]] = [json.loads(line) for line in _program.call(arguments, accept=(0, 1)).splitlines()]
    return rows[-1]


def reward(code_list: Sequence[str], target: Union[str, Sequence[str]], *, iou: float = 10.0,
           invalid: float = -10.0, threads: int = 0) -> np.ndarray:
    """iou * IoU of each program with its target, `invalid` where it makes no valid solid.

    target: one program, or one for each. Programs are read, never executed, so a hostile one
    can do nothing; what goes beyond sketches and extrusions counts as invalid. About a fifth
    of a millisecond each.
    """
    targets = [target] if isinstance(target, str) else list(target)
    count = threads or os.cpu_count() or 1
    return np.asarray(_native.rewards(list(code_list), targets, iou, invalid, count))


def reward_function(target_key: str = "target", **options: Any) -> Any:
    """`reward` in the shape TRL's GRPOTrainer calls: completions and columns of the data set."""

    def function(completions: Sequence[Any], **columns: Any) -> list[float]:
        codes = [c if isinstance(c, str) else c[-1]["content"] for c in completions]
        return [float(r) for r in reward(codes, columns[target_key], **options)]

    function.__name__ = "cad_reward"
    return function


def load_predictions(folder: Union[str, os.PathLike[str]]) -> dict[str, list[str]]:
    """`<stem>+<k>.py` files as {stem: [programs in the order of k]}."""
    found: dict[str, list[tuple[int, str]]] = {}
    for path in sorted(pathlib.Path(folder).glob("*.py")):
        stem, _, k = path.stem.partition("+")
        found.setdefault(stem, []).append((int(k or 0), path.read_text(encoding="utf-8")))
    return {stem: [code for _, code in sorted(rows)] for stem, rows in found.items()}
