#!/usr/bin/env python3
"""Two steps of torch.optim.AdamW and torch.optim.Muon: the numbers in tests/unit/train/train_test.cpp."""

import torch


def two_steps(optimizer_of, start):
    p = torch.nn.Parameter(torch.tensor(start))
    optimizer = optimizer_of([p])
    for k in (1, 2):
        p.grad = p.detach() * k
        optimizer.step()
    return ", ".join(f"{x:.9g}" for x in p.detach().flatten().tolist())


adamw = two_steps(lambda p: torch.optim.AdamW(p, lr=0.1, betas=(0.9, 0.99), eps=1e-6, weight_decay=0.1), [[1.0, -2.0], [3.0, 0.5]])
muon = two_steps(lambda p: torch.optim.Muon(p, lr=0.1, weight_decay=0.1, momentum=0.9, adjust_lr_fn="match_rms_adamw"),
                 [[1.0, -2.0, 0.5], [3.0, 0.5, -1.0]])
print("AdamW", adamw)
print("Muon ", muon)
