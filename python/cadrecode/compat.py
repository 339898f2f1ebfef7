"""The field's scripts, answered here: the official evaluation and rewards for RL trainers."""

from __future__ import annotations

import json
import os
import pathlib
import tempfile
from typing import Any, Optional, Sequence, Union

import numpy as np

from . import _native, _program
from .errors import Error


def evaluate(ground_truth: Union[str, os.PathLike[str]], predictions: Union[str, os.PathLike[str]],
             jobs: Optional[int] = None) -> dict[str, Any]:
    """The official numbers of a folder of predictions (`<stem>+<k>.py`) against one of meshes.

    mean_cd, median_cd, mean_iou_official, mean_iou, invalid_ratio, parts, candidates: best of
    all k by the official rule (least CD and, independently, greatest IoU, chosen with the truth).
    Parts without a prediction count as invalid.
    """
    counts = [len(codes) for codes in load_predictions(predictions).values()]
    if not counts:
        raise Error("input", f"'{os.fspath(predictions)}' holds no predictions called <stem>+<k>.py")
    with tempfile.TemporaryDirectory() as folder:
        settings = {"data": [{"name": "truth", "path": os.path.abspath(ground_truth)}],
                    "systems": [{"name": "predictions", "predictions": os.path.abspath(predictions)}],
                    "candidates": max(counts), "choose": ["oracle"], "bootstrap": 0}
        config = pathlib.Path(folder) / "settings.yaml"
        config.write_text(json.dumps(settings), encoding="utf-8")  # YAML holds JSON
        arguments = ["benchmark", "--config", str(config), "--no-pictures", "--json", "-o", os.path.join(folder, "out")]
        if jobs:
            arguments += ["--threads", str(jobs)]
        rows = [json.loads(line) for line in _program.call(arguments, accept=(0, 1)).splitlines() if line.startswith("{")]
    best: dict[str, Any] = next(row for row in rows if row["choice"] == "oracle")
    return best


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
