#!/usr/bin/env python3
"""Decoding beside transformers, on random weights of the published sizes.

    perf/decode_speed.py DECODE_PERF [--size 0.5b|1.5b] [--threads N] [--repeat R] [--tokens T]

Writes a Qwen2 of that size (bf16) into a temporary folder, then runs, one
process at a time and taking turns: ours in fp32, bf16, int8 and int4, and
transformers in fp32 and bf16. Each loads, takes a prompt of 257 positions, and
decodes single tokens greedily. With one thread all seconds are CPU seconds, so
that a busy machine costs waiting and not the comparison. Prints medians, ratios to transformers' best,
bytes a second beside a plain memory read of the same process, and how far the
formats' greedy tokens agree. Needs torch, transformers and safetensors.
"""
import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

SIZES = {  # hidden, inner, layers, heads, key/value heads
    "0.5b": (896, 4864, 24, 14, 2),
    "1.5b": (1536, 8960, 28, 12, 2),
}


def write_model(folder, size):
    import torch
    from safetensors.torch import save_file
    hidden, inner, layers, heads, kv = SIZES[size]
    config = {
        "architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2", "hidden_act": "silu",
        "hidden_size": hidden, "intermediate_size": inner, "num_hidden_layers": layers,
        "num_attention_heads": heads, "num_key_value_heads": kv, "vocab_size": 151936,
        "max_position_embeddings": 32768, "rms_norm_eps": 1e-6, "rope_theta": 1000000.0,
        "tie_word_embeddings": True, "torch_dtype": "bfloat16", "use_sliding_window": False,
        "bos_token_id": 151643, "eos_token_id": 151643,
    }
    (folder / "config.json").write_text(json.dumps(config))
    torch.manual_seed(1)
    dim = hidden // heads

    def normal(*shape):
        return (torch.randn(*shape) * (shape[1] ** -0.5 if len(shape) > 1 else 0.02)).bfloat16()

    tensors = {"model.embed_tokens.weight": normal(151936, hidden), "model.norm.weight": torch.ones(hidden).bfloat16()}
    for n in range(layers):
        p = f"model.layers.{n}."
        for norm in ("input_layernorm", "post_attention_layernorm"):
            tensors[p + norm + ".weight"] = torch.ones(hidden).bfloat16()
        for name, out in (("q", heads * dim), ("k", kv * dim), ("v", kv * dim)):
            tensors[p + f"self_attn.{name}_proj.weight"] = normal(out, hidden)
            tensors[p + f"self_attn.{name}_proj.bias"] = normal(out)
        tensors[p + "self_attn.o_proj.weight"] = normal(hidden, heads * dim)
        tensors[p + "mlp.gate_proj.weight"] = normal(inner, hidden)
        tensors[p + "mlp.up_proj.weight"] = normal(inner, hidden)
        tensors[p + "mlp.down_proj.weight"] = normal(hidden, inner)
    tensors["point_encoder.projection.weight"] = normal(hidden, 51).float()
    tensors["point_encoder.projection.bias"] = normal(hidden).float()
    save_file(tensors, str(folder / "model.safetensors"), metadata={"format": "pt"})


def peer(folder, dtype, threads, tokens, prompt):
    import torch
    from transformers import AutoModelForCausalLM
    torch.set_num_threads(threads)
    now = time.process_time if threads == 1 else time.perf_counter
    start = now()
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=getattr(torch, dtype)).eval()
    load = now() - start
    with torch.inference_mode():
        embedded = torch.randn(1, prompt, model.config.hidden_size).to(model.dtype)
        for _ in range(2):  # the first touches the weights
            start = now()
            out = model(inputs_embeds=embedded, use_cache=True, logits_to_keep=1)
            prompt_s = now() - start
        cache, token = out.past_key_values, out.logits[:, -1:].argmax(-1)
        for step in range(tokens + 2):
            if step == 2:
                start = now()
            out = model(input_ids=token, past_key_values=cache, use_cache=True)
            token = out.logits[:, -1:].argmax(-1)
        tokens_s = now() - start
    print(json.dumps({"load_s": load, "prompt_s": prompt_s, "ms_per_token": 1e3 * tokens_s / tokens,
                      "rss_gb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6}))


def run(command, threads):
    env = dict(os.environ, OMP_NUM_THREADS=str(threads), MKL_NUM_THREADS=str(threads))
    out = subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout
    return json.loads(out.splitlines()[-1])


def median(rows, key):
    values = [row[key] for row in rows]
    return statistics.median(values)


def agreement(a, b):
    """Tokens before the first difference, of how many."""
    same = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return f"{same}/{min(len(a), len(b))}"


def main():
    if len(sys.argv) > 1 and sys.argv[1] == "--peer":
        folder, dtype, threads, tokens, prompt = sys.argv[2:]
        return peer(folder, dtype, int(threads), int(tokens), int(prompt))
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--size", default="0.5b", choices=SIZES)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--tokens", type=int, default=100)
    parser.add_argument("--prompt", type=int, default=257)
    parser.add_argument("--samples", type=int, default=10)
    parser.add_argument("--formats", default="fp32,bf16,int8,int4")
    parser.add_argument("--peers", default="float32,bfloat16")
    parser.add_argument("--folder", help="keep the model here and use it again")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(args.folder or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "model.safetensors").exists():
            # In a process of its own: what torch allocates must not stay.
            if os.fork() == 0:
                write_model(folder, args.size)
                os._exit(0)
            if os.wait()[1]:
                sys.exit("the model could not be written")
        ours, peers = {}, {}
        for _ in range(args.repeat):
            for kind in args.formats.split(","):
                ours.setdefault(kind, []).append(run([
                    args.program, str(folder), kind, str(args.threads), str(args.tokens),
                    str(args.prompt), str(args.samples)], args.threads))
                if kind in ("fp32", "bf16") or not peers:
                    for dtype in args.peers.split(","):
                        if {"fp32": "float32", "bf16": "bfloat16"}.get(kind, dtype) == dtype:
                            peers.setdefault(dtype, []).append(run([
                                sys.executable, __file__, "--peer", str(folder), dtype,
                                str(args.threads), str(args.tokens), str(args.prompt)], args.threads))
    report(args, ours, peers)


def report(args, ours, peers):
    clock = "CPU seconds" if args.threads == 1 else "seconds"
    print(f"size {args.size}, {args.threads} thread(s), {clock}, prompt {args.prompt}, {args.tokens} tokens, "
          f"medians of {args.repeat}")
    print("| | load s | prompt s | ms/token | of a plain read | 10 samples / 1 | RSS GB |")
    print("|---|---|---|---|---|---|---|")
    for dtype, rows in peers.items():
        print(f"| transformers {dtype} | {median(rows, 'load_s'):.2f} | {median(rows, 'prompt_s'):.2f} | "
              f"{median(rows, 'ms_per_token'):.1f} | | | {median(rows, 'rss_gb'):.2f} |")
    for kind, rows in ours.items():
        print(f"| ours {kind} | {median(rows, 'load_s'):.2f} | {median(rows, 'prompt_s'):.2f} | "
              f"{median(rows, 'ms_per_token'):.1f} | {median(rows, 'of_read'):.2f} | "
              f"{median(rows, 'samples_ratio'):.2f} | {median(rows, 'rss_gb'):.2f} |")
    if not peers:
        return
    best = min(median(rows, "ms_per_token") for rows in peers.values())
    for kind, rows in ours.items():
        same = {"fp32": "float32", "bf16": "bfloat16"}.get(kind)
        line = f"{kind}: {best / median(rows, 'ms_per_token'):.2f}x transformers' best per token"
        if same in peers:
            line += (f", {median(peers[same], 'ms_per_token') / median(rows, 'ms_per_token'):.2f}x its "
                     f"{same}; prompt {median(peers[same], 'prompt_s') / median(rows, 'prompt_s'):.2f}x")
        if "fp32" in ours:
            exact, here = ours["fp32"][0], rows[0]
            error = sum((a - b) ** 2 for a, b in zip(here["logits"], exact["logits"]))
            error = (error / sum(b * b for b in exact["logits"])) ** 0.5
            line += (f"; logits off by {error:.2g} (relative, RMS), greedy tokens equal to fp32's up to "
                     f"{agreement(here['chosen'], exact['chosen'])}")
        print(line)


if __name__ == "__main__":
    main()
