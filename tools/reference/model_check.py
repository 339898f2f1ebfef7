#!/usr/bin/env python3
"""The live check of learning/model beside transformers and peft.

    model_check.py build/perf/bin/model_dump

For every tiny case of model_common.py and random weights:
  theirs: a folder written by transformers and an adapter written by peft are opened by ours; logits,
          key-value cache, loss and the gradient of every parameter compared
  ours:   a folder (sharded) and an adapter written by ours are opened by transformers and peft; logits compared
  merge:  our merge of their adapter beside peft's own
Prints one row a check with the largest absolute difference; exit code 1 when one exceeds its limit.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import peft
import torch
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM

import model_common as common

LIMIT = 1e-4
failed = False


def row(case, what, difference, limit=LIMIT):
    global failed
    failed |= not difference <= limit
    print(f"{case:14} {what:44} {difference:.2e}  (limit {limit:.0e})", flush=True)


def packed(logits):
    return torch.cat([logits[i, :n] for i, n in enumerate(common.LENGTHS)])


def difference(a, b):
    return float((a - b).abs().max())


def dump(program, *words):
    subprocess.run([program, *map(str, words)], check=True)


def save_with_points(model, folder):
    model.base.save_pretrained(folder)
    weights = load_file(folder / "model.safetensors")
    weights |= {"point_encoder.projection.weight": model.point_encoder["projection"].weight.detach(),
                "point_encoder.projection.bias": model.point_encoder["projection"].bias.detach()}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def run_ours(program, folder, adapter, work, tensors):
    save_file({k: v.contiguous() for k, v in tensors.items()}, work / "in.safetensors")
    dump(program, "run", folder, adapter, work / "in.safetensors", work / "out.safetensors")
    return load_file(work / "out.safetensors")


def compare_gradients(case, what, ours, parameters):
    worst, missing = 0.0, 0
    for name, p in parameters:
        if p.grad is None:
            continue
        if "grad." + name in ours:
            worst = max(worst, difference(ours["grad." + name], p.grad))
        else:
            missing += 1
    row(case, f"{what}: every gradient ({missing} missing)", worst + missing)


def theirs_to_ours(case, program, work):
    torch.manual_seed(3)
    model = common.PointModel(common.config_of(case))
    save_with_points(model, work / "theirs")
    ids, mask, labels, points = common.inputs()
    tensors = {"ids": ids, "mask": mask, "labels": labels, "points": points}
    logits = model(ids, mask, points)
    loss = common.loss_of(logits, labels)
    loss.backward()
    ours = run_ours(program, work / "theirs", "-", work, tensors)
    row(case, "their folder: logits", difference(ours["logits"], packed(logits.detach())))
    row(case, "their folder: cache beside full pass", difference(ours["cached"], ours["logits"]), 1e-5)
    row(case, "their folder: loss", difference(ours["loss"], loss.detach().view(1)))
    compare_gradients(case, "their folder", ours, model.named())
    theirs_with_adapter(case, program, work, model, tensors)


def theirs_with_adapter(case, program, work, model, tensors):
    model.zero_grad()
    lora = peft.LoraConfig(r=3, lora_alpha=5, use_rslora=True, rank_pattern={"layers.1.self_attn.q_proj": 2},
                           target_modules=["q_proj", "v_proj", "o_proj", "up_proj", "down_proj"], task_type="CAUSAL_LM")
    adapted = peft.get_peft_model(model.base, lora)
    for name, p in adapted.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(p, std=0.1)
    adapted.save_pretrained(work / "theirs-adapter")
    logits = model(tensors["ids"], tensors["mask"], tensors["points"], adapted)
    common.loss_of(logits, tensors["labels"]).backward()
    ours = run_ours(program, work / "theirs", work / "theirs-adapter", work, tensors)
    row(case, "their adapter: logits", difference(ours["logits"], packed(logits.detach())))
    named = [(n.removeprefix("base_model.model.").replace(".default", ""), p) for n, p in adapted.named_parameters() if "lora_" in n]
    compare_gradients(case, "their adapter", ours, named)
    dump(program, "merge", work / "theirs", work / "theirs-adapter", work / "merged")
    merged = adapted.merge_and_unload()
    ours_merged = load_file(work / "merged" / "model.safetensors")
    row(case, "merge: every weight", max(difference(ours_merged[n], p) for n, p in merged.named_parameters()), 1e-6)
    again = AutoModelForCausalLM.from_pretrained(work / "merged", attn_implementation="eager").eval()
    row(case, "merge: logits in transformers",
        difference(packed(model(tensors["ids"], tensors["mask"], tensors["points"], again)), packed(logits)))


def ours_to_theirs(case, program, work):
    (work / "config.json").write_text(json.dumps(common.config_of(case).to_dict()))
    dump(program, "write", work / "config.json", work / "ours", work / "ours-adapter")
    model = common.PointModel(common.config_of(case))
    model.base, info = AutoModelForCausalLM.from_pretrained(work / "ours", attn_implementation="eager", output_loading_info=True)
    assert not info["missing_keys"], info
    shards = {}
    for shard in sorted((work / "ours").glob("*.safetensors")):
        shards |= load_file(shard)
    model.point_encoder["projection"].load_state_dict(
        {k: shards["point_encoder.projection." + k] for k in ("weight", "bias")})
    model.eval()
    ids, mask, labels, points = common.inputs()
    tensors = {"ids": ids, "mask": mask, "labels": labels, "points": points}
    with torch.no_grad():
        ours = run_ours(program, work / "ours", "-", work, tensors)
        row(case, f"our folder ({len(list((work / 'ours').glob('model-*')))} shards) in transformers: logits",
            difference(ours["logits"], packed(model(ids, mask, points))))
        adapted = peft.PeftModel.from_pretrained(model.base, work / "ours-adapter").eval()
        ours = run_ours(program, work / "ours", work / "ours-adapter", work, tensors)
        row(case, "our adapter in peft: logits", difference(ours["logits"], packed(model(ids, mask, points, adapted))))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    args = parser.parse_args()
    torch.set_num_threads(1)
    for case in common.CASES:
        for check in (theirs_to_ours, ours_to_theirs):
            with tempfile.TemporaryDirectory() as work:
                check(case, args.program, pathlib.Path(work))
    sys.exit(failed)


if __name__ == "__main__":
    main()
