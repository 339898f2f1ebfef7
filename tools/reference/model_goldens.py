#!/usr/bin/env python3
"""Goldens of `transformers` for learning/model: logits, loss and gradients of
tiny Qwen2 and Qwen3 models with points, weights and inputs by formula.

    model_goldens.py tests/unit/model/data/goldens.json

Of each gradient the file holds its norm and the elements at a fixed stride;
model_check.py compares all of them on a live machine.
"""
import json
import pathlib
import sys

import torch

import model_common as common


def case(name):
    model = common.PointModel(common.config_of(name))
    with torch.no_grad():
        for tensor, p in model.named():
            p.copy_(common.golden_values(tensor, tuple(p.shape)))
    ids, mask, labels, points = common.inputs()
    logits = model(ids, mask, points)
    loss = common.loss_of(logits, labels)
    loss.backward()
    rows = [logits[i, :n, ::7].flatten().tolist() for i, n in enumerate(common.LENGTHS)]
    grads = {n: {"norm": float(p.grad.norm()), "some": p.grad.flatten()[::max(1, p.numel() // 12)].tolist()}
             for n, p in model.named()}
    config = model.base.config.to_dict()
    keep = ["model_type", "head_dim", "tie_word_embeddings", "attention_bias", "rope_parameters", *common.SIZES]
    return {"config": {k: config[k] for k in keep if config.get(k) is not None}, "loss": float(loss.detach()),
            "logits": [[round(x, 7) for x in row] for row in rows], "gradients": grads}


def main():
    torch.set_num_threads(1)
    out = {name: case(name) for name in common.CASES}
    path = pathlib.Path(sys.argv[1])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(out) + "\n")


if __name__ == "__main__":
    main()
