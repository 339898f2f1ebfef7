#!/usr/bin/env python3
"""The first 20 training steps of tiny Qwen2 and Qwen3 models with points, in PyTorch
and transformers as Hugging Face's Trainer runs them: losses and gradient norms that
learning/train is held to.

    train_steps.py tests/unit/train/data/steps.json

Weights and samples by formula (formula.py); AdamW with decay on matrices only,
cosine schedule with warm-up, clipping. Needs torch and transformers.
"""
import json
import pathlib
import sys

import torch
from transformers import get_cosine_schedule_with_warmup

import formula
import model_common as common

STEPS = 20
SETTINGS = dict(learning_rate=5e-3, weight_decay=0.1, warmup_steps=5, max_steps=24, max_grad_norm=1.0)
CASES = ["qwen2", "qwen2-untied", "qwen3"]


def batch(step, vocab):
    """As model_common.inputs, with other tokens and points for each step."""
    ids, mask, labels, _ = common.inputs()
    for i, length in enumerate(common.LENGTHS):
        v = torch.from_numpy(formula.values(f"step{step}.tokens{i}", length - common.POINTS)).double()
        ids[i, common.POINTS:length] = ((v + 1) * 0.5 * vocab).long()
        labels[i, common.POINTS + 1:length] = ids[i, common.POINTS + 1:length]
    count = len(common.LENGTHS) * common.POINTS * 3
    points = torch.from_numpy(formula.values(f"step{step}.points", count))
    return ids, mask, labels, points.reshape(len(common.LENGTHS), common.POINTS, 3)


def run(name):
    model = common.PointModel(common.config_of(name)).train()
    with torch.no_grad():
        for tensor, p in model.named():
            p.copy_(common.golden_values(tensor, tuple(p.shape)))
    parameters = [p for _, p in model.named()]
    groups = [{"params": [p for p in parameters if p.dim() > 1], "weight_decay": SETTINGS["weight_decay"]},
              {"params": [p for p in parameters if p.dim() == 1], "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=SETTINGS["learning_rate"])
    schedule = get_cosine_schedule_with_warmup(optimizer, SETTINGS["warmup_steps"], SETTINGS["max_steps"])
    losses, norms = [], []
    for step in range(STEPS):
        ids, mask, labels, points = batch(step, common.SIZES["vocab_size"])
        optimizer.zero_grad()
        loss = common.loss_of(model(ids, mask, points), labels)
        loss.backward()
        norms.append(float(torch.nn.utils.clip_grad_norm_(parameters, SETTINGS["max_grad_norm"])))
        losses.append(float(loss.detach()))
        optimizer.step()
        schedule.step()
    return {"losses": losses, "gradient_norms": norms}


def main():
    torch.set_num_threads(1)
    out = {"settings": SETTINGS, "cases": {name: run(name) for name in CASES}}
    path = pathlib.Path(sys.argv[1])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(out, indent=1) + "\n")
    for name, case in out["cases"].items():
        print(name, case["losses"][0], case["losses"][-1], max(case["gradient_norms"]))


if __name__ == "__main__":
    main()
