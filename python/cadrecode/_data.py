"""Procedural training data: `generate`, `dataset`."""

from __future__ import annotations

import itertools
from typing import Any, Iterator, Optional

import numpy as np

from . import _native


def generate(count: Optional[int] = None, seed: int = 0, config: str = "", start: int = 0) -> Iterator[dict[str, Any]]:
    """Programs of the generator: dicts with index, code, volume, bbox.

    Program i is a function of (config, seed, i) alone; count=None goes on for ever.
    config: a YAML file of knobs; empty: those measured on CAD-Recode v1.5.
    """
    knobs = _native.Knobs.load(config) if config else _native.Knobs()
    indices = itertools.count(start) if count is None else range(start, start + count)
    for i in indices:
        yield knobs.draw(seed, i)


def dataset(seed: int = 0, points: int = 256, config: str = "", noise: float = 0.0) -> Any:
    """A torch IterableDataset of (cloud [points, 3] float32, program text), endless.

    Workers of a DataLoader and processes under torchrun each draw their own share.
    """
    import os

    import torch

    class Programs(torch.utils.data.IterableDataset):  # type: ignore[misc]
        def __iter__(self) -> Iterator[tuple[torch.Tensor, str]]:
            info = torch.utils.data.get_worker_info()
            workers, worker = (info.num_workers, info.id) if info else (1, 0)
            ranks, rank = int(os.environ.get("WORLD_SIZE", 1)), int(os.environ.get("RANK", 0))
            knobs = _native.Knobs.load(config) if config else _native.Knobs()
            for i in itertools.count(rank * workers + worker, ranks * workers):
                code = knobs.draw(seed, i)["code"]
                cloud, _ = _native.Part(code).sample(points, seed=seed ^ i)
                cloud = cloud / 100  # programs live in [-100, 100]
                if noise:
                    cloud = cloud + np.random.default_rng((seed, i)).normal(0, noise, cloud.shape)
                yield torch.from_numpy(cloud.astype(np.float32)), code

    return Programs()
