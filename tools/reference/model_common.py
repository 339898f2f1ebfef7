"""CAD-Recode's model on top of transformers, and inputs by formula: shared by
model_goldens.py and model_check.py. Needs torch and transformers."""
import torch
from transformers import Qwen2Config, Qwen2ForCausalLM, Qwen3Config, Qwen3ForCausalLM

import formula

POINTS = 6
CASES = {
    "qwen2": dict(model_type="qwen2", tie_word_embeddings=True, rope_theta=1e6),
    "qwen2-untied": dict(model_type="qwen2", tie_word_embeddings=False, rope_theta=1e4, num_key_value_heads=1),
    "qwen3": dict(model_type="qwen3", tie_word_embeddings=True, head_dim=24, rope_theta=1e6),
    "qwen3-bias": dict(model_type="qwen3", tie_word_embeddings=False, head_dim=8, attention_bias=True, rope_theta=5e3),
}
SIZES = dict(hidden_size=48, intermediate_size=80, num_hidden_layers=3, num_attention_heads=4, num_key_value_heads=2,
             vocab_size=101, max_position_embeddings=512, rms_norm_eps=1e-6)
LENGTHS = [POINTS + 9, POINTS + 14, POINTS + 4]  # of the samples: points, start, code, end


def config_of(case):
    keys = {**SIZES, **CASES[case]}
    kind = keys.pop("model_type")
    theta = keys.pop("rope_theta")
    keys["rope_parameters"] = {"rope_theta": theta, "rope_type": "default"}
    return (Qwen2Config if kind == "qwen2" else Qwen3Config)(**keys)


def base_model(config):
    config._attn_implementation = "eager"
    return (Qwen2ForCausalLM if config.model_type == "qwen2" else Qwen3ForCausalLM)(config).eval()


def golden_values(name, shape):
    """The weight `name`: norms about 1, the rest about 0 and large enough to matter."""
    count = 1
    for n in shape:
        count *= n
    v = torch.from_numpy(formula.values(name, count)).reshape(shape)
    if name.endswith("norm.weight") or "layernorm" in name:
        return 1 + 0.5 * v
    return 0.5 * v if len(shape) == 1 else 0.25 * v


class PointModel(torch.nn.Module):
    def __init__(self, config):
        super().__init__()
        self.base = base_model(config)
        self.point_encoder = torch.nn.ModuleDict({"projection": torch.nn.Linear(51, config.hidden_size)})

    def named(self):
        yield from self.base.named_parameters()
        for n, p in self.point_encoder.named_parameters():
            yield "point_encoder." + n, p

    def encode(self, points):
        phases = (points.unsqueeze(-1) * 2.0 ** torch.arange(8)).flatten(-2)
        return self.point_encoder["projection"](torch.cat([points, phases.sin(), phases.cos()], -1))

    def forward(self, ids, mask, points, model=None):
        """Logits [B, L, V] of right-padded ids; mask -1 on points, 1 on text, 0 on padding."""
        embeds = self.base.get_input_embeddings()(ids)
        if points is not None:
            embeds = embeds.clone()
            embeds[mask == -1] = self.encode(points).to(embeds.dtype).flatten(0, 1)
        return (model or self.base)(inputs_embeds=embeds, attention_mask=(mask != 0).long()).logits.float()


def inputs(vocab=SIZES["vocab_size"]):
    """ids, mask, labels [B, L] and points [B, P, 3], by formula."""
    longest = max(LENGTHS)
    ids = torch.zeros(len(LENGTHS), longest, dtype=torch.long)
    mask, labels = torch.zeros_like(ids), torch.full_like(ids, -100)
    for i, length in enumerate(LENGTHS):
        text = length - POINTS
        v = (torch.from_numpy(formula.values(f"tokens{i}", text)).double() + 1) * 0.5
        ids[i, POINTS:length] = (v * vocab).long()
        mask[i, :POINTS], mask[i, POINTS:length] = -1, 1
        labels[i, POINTS + 1:length] = ids[i, POINTS + 1:length]
    points = torch.from_numpy(formula.values("points", len(LENGTHS) * POINTS * 3)).reshape(len(LENGTHS), POINTS, 3)
    return ids, mask, labels, points


def loss_of(logits, labels):
    return torch.nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), labels[:, 1:].flatten(), ignore_index=-100)
