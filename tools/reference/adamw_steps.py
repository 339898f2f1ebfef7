#!/usr/bin/env python3
"""Two steps of torch.optim.AdamW: the numbers in tests/unit/train/train_test.cpp."""

import torch

p = torch.nn.Parameter(torch.tensor([[1.0, -2.0], [3.0, 0.5]]))
optimizer = torch.optim.AdamW([p], lr=0.1, betas=(0.9, 0.99), eps=1e-6, weight_decay=0.1)
for k in (1, 2):
    p.grad = p.detach() * k
    optimizer.step()
print(", ".join(f"{x:.9g}" for x in p.detach().flatten().tolist()))
