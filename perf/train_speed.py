#!/usr/bin/env python3
"""Training speed beside a PyTorch loop of the same model on the same machine.

    perf/train_speed.py CADRECODE_TRAIN PROGRAMS.jsonl --tokenizer FOLDER [--device cpu|cuda]
                        [--batch 6] [--steps 6] [--rounds 3] [--cpu-seconds] [--hidden 256 --layers 6 …]

Both sides train one decoder (transformers' Qwen2 in eager mode there) with CAD-Recode's point encoder on the
same programs, with AdamW and clipping, in the same type (fp32 on a CPU, bf16 arithmetic over fp32 weights on CUDA).
The PyTorch side is what the published code does: samples padded to the batch's longest, attention by SDPA, batches
prepared beforehand (ours draws its clouds meanwhile). Rounds alternate; each round gives one ratio of real tokens a
second (padding does not count), by the wall clock or, with --cpu-seconds, by processor time: what to use where others
compute too (with --threads 1, since waiting threads spin). Needs torch, transformers and tokenizers. Build CADRECODE_TRAIN against the same torch
(cmake/torch.cmake), or the libraries beneath are compared and not the loops.
"""
import argparse
import contextlib
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import torch
from tokenizers import Tokenizer
from transformers import Qwen2Config, Qwen2ForCausalLM

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tools" / "measure"))
import train_common as common  # noqa: E402


class Peer(torch.nn.Module):
    """CAD-Recode's model: Qwen2 and one linear layer over Fourier features of points."""

    def __init__(self, config):
        super().__init__()
        keys = ("hidden_size", "intermediate_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads",
                "vocab_size", "max_position_embeddings", "rms_norm_eps", "rope_theta", "tie_word_embeddings")
        self.base = Qwen2ForCausalLM(Qwen2Config(**{k: config[k] for k in keys}))
        self.points = torch.nn.Linear(51, config["hidden_size"])

    def forward(self, ids, mask, labels, points):
        phases = (points.unsqueeze(-1) * 2.0 ** torch.arange(8, device=points.device)).flatten(-2)
        tokens = self.points(torch.cat([points, phases.sin(), phases.cos()], -1))
        text = self.base.get_input_embeddings()(ids[:, points.shape[1]:])
        embeds = torch.cat([tokens.to(text.dtype), text], 1)
        logits = self.base(inputs_embeds=embeds, attention_mask=mask).logits.float()
        return torch.nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), labels[:, 1:].flatten(),
                                                 ignore_index=-100)


class PeerLoop:
    def __init__(self, args, config, codes):
        torch.manual_seed(0)
        self.args, self.device = args, torch.device(args.device)
        self.model = Peer(config).to(self.device).train()
        self.optimizer = torch.optim.AdamW(self.model.parameters(), lr=2e-4, weight_decay=0.01)
        tokenizer = Tokenizer.from_file(str(pathlib.Path(args.tokenizer) / "tokenizer.json"))
        start, end = (tokenizer.token_to_id(t) for t in ("<|im_start|>", "<|endoftext|>"))
        self.samples = [[start, *tokenizer.encode(c).ids, end] for c in codes]
        self.batches = [self.batch(i) for i in range(args.steps + 1)]

    def batch(self, i):
        chosen = [self.samples[(i * self.args.batch + k) % len(self.samples)] for k in range(self.args.batch)]
        points, longest = self.args.points, max(map(len, chosen))
        ids = torch.zeros(len(chosen), points + longest, dtype=torch.long)
        mask, labels = torch.zeros_like(ids), torch.full_like(ids, -100)
        for row, sample in enumerate(chosen):
            ids[row, points:points + len(sample)] = torch.tensor(sample)
            mask[row, :points + len(sample)] = 1
            labels[row, points + 1:points + len(sample)] = torch.tensor(sample[1:])
        real = int(mask.sum())
        return [t.to(self.device) for t in (ids, mask, labels, torch.rand(len(chosen), points, 3) * 2 - 1)], real

    def step(self, inputs):
        cuda = self.device.type == "cuda"
        with torch.autocast("cuda", torch.bfloat16) if cuda else contextlib.nullcontext():
            loss = self.model(*inputs)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        return float(loss.detach())  # waits for the device

    def tokens_per_second(self):
        clock = time.process_time if self.args.cpu_seconds else time.perf_counter
        self.step(self.batches[0][0])
        begin = clock()
        for inputs, _ in self.batches[1:]:
            self.step(inputs)
        return sum(real for _, real in self.batches[1:]) / (clock() - begin)


WARM = 2  # steps in which kernels are chosen and memory is first touched


def run_ours(args, work, base, programs, name, steps):
    """The rows of a run, and the processor time of all its threads."""
    run = work / name
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    settings = dict(base_model_name=base, model_save_path=run, train_data_path=programs, val_data_path=work / "val.jsonl",
                    mixed_precision="fp32" if args.device == "cpu" else "bf16", n_points=args.points,
                    batch_size=args.batch, max_steps=steps, logging_steps=1, save_steps=10**6,
                    eval_steps=10**6, eval_parts=0, max_seq_length=2000, num_workers=args.workers, threads=args.threads,
                    device=args.device, gradient_checkpointing=False)
    if common.train(args.program, settings) != 0:
        sys.exit(pathlib.Path(str(run) + ".log").read_text()[-2000:])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return [r for r in common.rows(run) if r.get("tokens_per_second")], spent


def ours(args, work, base, programs, number):
    """Tokens a second and share of peak, warm-up left out. By processor time: what a longer run costs more than
    one of the warm-up alone, clouds drawn and all."""
    rows, spent = run_ours(args, work, base, programs, f"run{number}", args.steps + WARM)
    begin, rest = rows[WARM - 1]["seconds"], rows[WARM:]
    seconds = [b["seconds"] - a for a, b in zip([begin, *[r["seconds"] for r in rest]], rest)]
    tokens = sum(r["tokens_per_second"] * s for r, s in zip(rest, seconds))
    share = sum(r["share_of_peak"] * s for r, s in zip(rest, seconds)) / sum(seconds)
    if args.cpu_seconds:
        return tokens / (spent - run_ours(args, work, base, programs, f"warm{number}", WARM)[1]), share
    return tokens / sum(seconds), share


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("programs")
    parser.add_argument("--tokenizer", required=True)
    parser.add_argument("--device", default="cpu")
    for name, value in dict(batch=6, steps=6, rounds=3, points=256, hidden=256, layers=6, heads=4, kv_heads=2, inner=768,
                            workers=2).items():
        parser.add_argument("--" + name.replace("_", "-"), type=int, default=value)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--cpu-seconds", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        sizes = {k: getattr(args, k) for k in ("hidden", "layers", "heads", "kv_heads", "inner", "points")}
        base = common.write_base(work / "base", args.tokenizer, **sizes)
        lines = pathlib.Path(args.programs).read_text().splitlines()
        (work / "val.jsonl").write_text("\n".join(lines[:4]) + "\n")
        loop = PeerLoop(args, json.loads((base / "config.json").read_text()), [json.loads(x)["code"] for x in lines])
        parameters = sum(p.numel() for p in loop.model.parameters())
        print(f"torch {torch.__version__}, {args.device}, {args.threads} threads, {parameters / 1e6:.1f} M parameters, "
              f"batch {args.batch}", flush=True)
        ratios, table = [], []
        for number in range(args.rounds):
            peer = loop.tokens_per_second()
            mine, share = ours(args, work, base, args.programs, number)
            ratios.append(mine / peer)
            table.append((mine, peer, share))
            print(f"round {number + 1}: ours {mine:.0f} tokens/s, PyTorch {peer:.0f}, ratio {ratios[-1]:.3f}", flush=True)
        mine, peer, share = (statistics.median(column) for column in zip(*table))
        length = statistics.mean(map(len, loop.samples)) + args.points
        print(json.dumps({"ratio": round(statistics.median(ratios), 3), "tokens_per_second": round(mine),
                          "samples_per_second": round(mine / length, 2), "pytorch_tokens_per_second": round(peer),
                          "share_of_peak": round(share, 3),
                          "pytorch_share_of_peak": round(share / statistics.median(ratios), 3)}))


if __name__ == "__main__":
    main()
