#!/usr/bin/env python3
"""Goldens for learning/checkpoint from safetensors, torch and bitsandbytes.

    checkpoint_goldens.py tests/unit/checkpoint/data

Needs safetensors, torch and bitsandbytes (CPU). Writes
  reference.safetensors  every element type the reference's numpy side can make, values by formula.py
  quant.json             NF4 codes, scales (plain and doubly quantised) and decoded values; the dynamic table
  narrow.json            floats and their bits as bfloat16 and float16, by torch
"""
import json
import pathlib
import sys

import numpy as np
import torch
from safetensors.torch import save_file

import formula


def reference_file(path):
    f = torch.from_numpy(formula.values("reference", 24, 8.0))
    tensors = {"zeta": f[:6].reshape(2, 3), "alpha": f[6:12].to(torch.float16), "half.brain": f[12:18].to(torch.bfloat16),
               "counts": (f[:4] * 10).to(torch.int64), "bytes": (f[:5].abs() * 10).to(torch.uint8),
               "signed": (f[:3] * 10).to(torch.int8), "flags": f[:4] > 0, "double": f[18:21].to(torch.float64),
               "i32": (f[:2] * 1000).to(torch.int32), "i16": (f[:2] * 1000).to(torch.int16),
               "scalar": torch.tensor(2.5), "empty": torch.zeros(0, 3), "name with \"quotes\" and é": f[21:22]}
    save_file(tensors, path, metadata={"format": "pt"})


def quant():
    import bitsandbytes.functional as F
    out = {"table": F.create_dynamic_map().tolist(), "cases": []}
    for name, count, scale in (("nf4.a", 64, 1.0), ("nf4.b", 64 * 20, 0.05), ("nf4.c", 64 * 300, 0.02)):
        v = torch.from_numpy(formula.values(name, count, scale))
        packed, plain = F.quantize_4bit(v, blocksize=64, quant_type="nf4")
        packed2, double = F.quantize_4bit(v, blocksize=64, quant_type="nf4", compress_statistics=True)
        assert torch.equal(packed, packed2)
        codes = packed.flatten().numpy()
        decoded = F.dequantize_4bit(packed, double).flatten().double()
        out["cases"].append({
            "name": name, "count": count, "scale": scale, "first_codes": codes[:32].tolist(),
            "code_sum": int(codes.astype(np.int64).sum()), "code_weighted": int((codes.astype(np.int64) * (np.arange(codes.size) % 1009)).sum()),
            "scales": plain.absmax[:8].tolist(), "scale_codes": double.absmax[:64].tolist(),
            "scale_scales": double.state2.absmax.tolist(), "scale_mean": float(double.offset),
            "decoded": decoded[:16].tolist(), "decoded_abs_sum": float(decoded.abs().sum())})
    return out


def narrow():
    rng = np.random.default_rng(0)
    bits = np.concatenate([rng.integers(0, 1 << 32, 300, dtype=np.uint64), np.array(
        [0, 1 << 31, 1, 0x7F800000, 0xFF800000, 0x7F7FFFFF, 0x477FEFFF, 0x477FF000, 0x38800000, 0x387FFFFF, 0x33000000,
         0x33000001, 0x32FFFFFF, 0x33800000, 0x3F808000, 0x3F818000, 0x3F801000, 0x3F803000, 0x387FE000, 0x387FF000], dtype=np.uint64)])
    near = (rng.integers(0x32000000, 0x48000000, 300, dtype=np.uint64))  # around float16's range
    ties = (rng.integers(0x38000, 0x48000, 100, dtype=np.uint64) << np.uint64(12)) & ~np.uint64(0x1FFF) | np.uint64(0x1000)
    bits = np.concatenate([bits, near, ties]).astype(np.uint32)
    f = torch.from_numpy(bits.view(np.float32).copy())
    keep = ~torch.isnan(f)
    f, bits = f[keep], bits[keep.numpy()]
    as_bits = lambda t: t.view(torch.int16).numpy().view(np.uint16).tolist()
    return {"f32": bits.tolist(), "bf16": as_bits(f.to(torch.bfloat16)), "f16": as_bits(f.to(torch.float16))}


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    reference_file(folder / "reference.safetensors")
    (folder / "quant.json").write_text(json.dumps(quant()) + "\n")
    (folder / "narrow.json").write_text(json.dumps(narrow()) + "\n")


if __name__ == "__main__":
    main()
