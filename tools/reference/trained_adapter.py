#!/usr/bin/env python3
"""An adapter as training leaves it, opened by peft: base and adapter beside our merged model.

    trained_adapter.py BASE RUN

BASE is the model folder the run began with, RUN holds the adapter and merged_model/. Logits of random points
and tokens are compared; the adapter is then written by peft, and what it wrote must hold the same tensors.
Exits 1 above 1e-4. Needs torch, transformers and peft.
"""
import pathlib
import sys
import tempfile

import peft
import torch
from safetensors.torch import load_file
from transformers import AutoConfig, Qwen2ForCausalLM


class PointEncoder(torch.nn.Module):
    def __init__(self, width):
        super().__init__()
        self.projection = torch.nn.Linear(51, width)

    def forward(self, features):
        return self.projection(features)


class PointModel(Qwen2ForCausalLM):
    """As CAD-Recode's class has it: a causal language model with point_encoder.projection."""

    def __init__(self, config):
        super().__init__(config)
        self.point_encoder = PointEncoder(config.hidden_size)


def load(folder):
    model = PointModel(AutoConfig.from_pretrained(folder))
    missing, unknown = model.load_state_dict(load_file(pathlib.Path(folder) / "model.safetensors"), strict=False)
    assert not unknown and set(missing) <= {"lm_head.weight"}, (missing, unknown)
    model.tie_weights()
    return model.float().eval()


def logits(model, encoder, ids, points):
    phases = (points.unsqueeze(-1) * 2.0 ** torch.arange(8)).flatten(-2)
    tokens = encoder(torch.cat([points, phases.sin(), phases.cos()], -1))
    embeds = torch.cat([tokens, model.get_input_embeddings()(ids)], 1)
    with torch.no_grad():
        return model(inputs_embeds=embeds).logits


def main():
    base, run = map(pathlib.Path, sys.argv[1:])
    torch.manual_seed(0)
    points = torch.rand(2, 16, 3) * 2 - 1
    ids = torch.randint(0, AutoConfig.from_pretrained(base).vocab_size, (2, 40))
    merged = load(run / "merged_model")
    ours = logits(merged, merged.point_encoder, ids, points)
    adapted = peft.PeftModel.from_pretrained(load(base), run).eval()
    theirs = logits(adapted, adapted.base_model.model.point_encoder, ids, points)  # peft's wrapper
    worst = float((ours - theirs).abs().max())
    with tempfile.TemporaryDirectory() as folder:
        adapted.save_pretrained(folder)
        a, b = (load_file(pathlib.Path(f) / "adapter_model.safetensors") for f in (run, folder))
    same = a.keys() == b.keys() and all(torch.equal(a[k].float(), b[k].float()) for k in a)
    print(f"largest difference of a logit {worst:.2g} (logits up to {float(ours.abs().max()):.3g}); "
          f"written again by peft: {'the same tensors' if same else 'other tensors'}")
    sys.exit(worst > 1e-4 * max(1, float(ours.abs().max())) or not same)


if __name__ == "__main__":
    main()
