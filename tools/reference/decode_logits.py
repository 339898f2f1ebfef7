#!/usr/bin/env python3
"""Logits of tiny Qwen2 and Qwen3 models by transformers, for tests/unit/decode.

The weights follow a formula that tests/unit/decode/tiny_model.h repeats, so
only the logits are stored. Needs torch and transformers:

    tools/reference/decode_logits.py > tests/unit/decode/golden/logits.json
"""
import json
import math

import numpy as np
import torch
from transformers import Qwen2Config, Qwen2ForCausalLM, Qwen3Config, Qwen3ForCausalLM

COMMON = dict(rope_theta=10000.0, rms_norm_eps=1e-6, max_position_embeddings=512, use_cache=False)
MODELS = {
    "qwen2_tied": (Qwen2Config, Qwen2ForCausalLM, dict(
        hidden_size=32, intermediate_size=56, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, vocab_size=61, tie_word_embeddings=True)),
    "qwen2_untied": (Qwen2Config, Qwen2ForCausalLM, dict(
        hidden_size=48, intermediate_size=72, num_hidden_layers=3, num_attention_heads=3,
        num_key_value_heads=1, vocab_size=53, tie_word_embeddings=False)),
    "qwen3": (Qwen3Config, Qwen3ForCausalLM, dict(
        hidden_size=40, intermediate_size=64, num_hidden_layers=2, num_attention_heads=5,
        num_key_value_heads=5, head_dim=16, vocab_size=47, tie_word_embeddings=False,
        attention_bias=True)),
    "qwen3_tied": (Qwen3Config, Qwen3ForCausalLM, dict(
        hidden_size=64, intermediate_size=96, num_hidden_layers=2, num_attention_heads=8,
        num_key_value_heads=1, head_dim=32, vocab_size=41, tie_word_embeddings=True,
        attention_bias=False)),
    "qwen2_pooled": (Qwen2Config, Qwen2ForCausalLM, dict(
        hidden_size=32, intermediate_size=56, num_hidden_layers=1, num_attention_heads=4,
        num_key_value_heads=2, vocab_size=43, tie_word_embeddings=True)),
}
POOLED = dict(tokens=5, width=24, layers=2, heads=3)
TOKENS = [3, 17, 8, 30, 30, 1, 22, 40, 5, 11, 39, 2, 28, 19, 7, 33, 14, 0, 26]
POINTS = 7


def formula(name, shape):
    h = 2166136261
    for byte in name.encode():
        h = ((h ^ byte) * 16777619) & 0xFFFFFFFF
    x = (np.arange(math.prod(shape), dtype=np.uint64) * 0x9E3779B9 + h).astype(np.uint32)
    x ^= x >> np.uint32(16)
    x *= np.uint32(0x7FEB352D)
    x ^= x >> np.uint32(15)
    x *= np.uint32(0x846CA68B)
    x ^= x >> np.uint32(16)
    u = x.astype(np.float64) / 2.0**32 - 0.5
    if "norm" in name:
        u = 1 + 0.4 * u
    elif len(shape) == 1:
        u = 0.4 * u
    else:
        u = u * (2 * math.sqrt(3.0 / shape[1]))
    return torch.from_numpy(u.astype(np.float32).reshape(shape))


def point_features(points):
    frequencies = 2.0 ** torch.arange(8, dtype=torch.float32)
    angles = (points[..., None] * frequencies).reshape(points.shape[0], -1)
    return torch.cat((points, angles.sin(), angles.cos()), dim=-1)


def rms_norm(x, name):
    return x / torch.sqrt((x * x).mean(-1, keepdim=True) + 1e-6) * formula(name + ".weight", (x.shape[-1],))


def linear(x, name, out):
    """A biased layer where the encoder has one (its first and last layers)."""
    y = x @ formula(name + ".weight", (out, x.shape[-1])).T
    biased = name.split(".")[-1] in ("input", "query", "output")
    return y + formula(name + ".bias", (out,)) if biased else y


def pooled_block(x, queries, context, name):
    width, heads = POOLED["width"], POOLED["heads"]
    apart = lambda t: t.view(t.shape[0], heads, width // heads).transpose(0, 1)
    q = apart(linear(queries, name + ".q_proj", width))
    k, v = (apart(linear(context, name + f".{which}_proj", width)) for which in "kv")
    scores = (q @ k.transpose(1, 2)) / math.sqrt(width // heads)
    mixed = (scores.softmax(-1) @ v).transpose(0, 1).reshape(x.shape)
    x = x + linear(mixed, name + ".o_proj", width)
    gate, up = linear(rms_norm(x, name + ".norm2"), name + ".gate_up_proj", 6 * width).chunk(2, -1)
    return x + linear(torch.nn.functional.silu(gate) * up, name + ".down_proj", width)


def pooled(points, hidden):
    """learning/model/point_encoder.h's second encoder, written once more."""
    e, width = "point_encoder.", POOLED["width"]
    features = point_features(points)
    context = rms_norm(linear(features, e + "input", width), e + "context_norm")
    x = linear(features[:POOLED["tokens"]], e + "query", width)
    x = pooled_block(x, rms_norm(x, e + "cross.norm1"), context, e + "cross")
    for i in range(POOLED["layers"]):
        h = rms_norm(x, e + f"blocks.{i}.norm1")
        x = pooled_block(x, h, h, e + f"blocks.{i}")
    return linear(rms_norm(x, e + "output_norm"), e + "output", hidden)


def fourier(points, hidden):
    weight = formula("point_encoder.projection.weight", (hidden, 51))
    return point_features(points) @ weight.T + formula("point_encoder.projection.bias", (hidden,))


def main():
    torch.set_num_threads(1)
    out = {}
    for label, (config_class, model_class, keys) in MODELS.items():
        model = model_class(config_class(**COMMON, **keys)).float().eval()
        with torch.no_grad():
            for name, parameter in model.named_parameters():
                parameter.copy_(formula(name, tuple(parameter.shape)))
            points = formula("points", (POINTS, 3))
            hidden = keys["hidden_size"]
            embedded = model.get_input_embeddings()(torch.tensor([TOKENS]))
            prefix = (pooled if label.endswith("pooled") else fourier)(points, hidden)
            embedded = torch.cat((prefix[None], embedded), dim=1)
            logits = model(inputs_embeds=embedded).logits[0]
        out[label] = [[float(f"{v:.7g}") for v in row] for row in logits[len(prefix):].tolist()]
    print("{")
    for i, (label, rows) in enumerate(out.items()):
        body = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
        print(f'"{label}":[\n{body}]' + ("," if i + 1 < len(out) else ""))
    print("}")


if __name__ == "__main__":
    main()
