"""A model folder of a few kilobytes: a Qwen2 of random weights over bytes."""
import json
import random
import struct


def byte_characters():
    """The byte-level alphabet of GPT-2."""
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    names, extra = {b: chr(b) for b in kept}, 0
    for b in range(256):
        if b not in names:
            names[b] = chr(256 + extra)
            extra += 1
    return names


def tokenizer():
    vocab = {c: b for b, c in byte_characters().items()}

    def special(token, content):
        return {"id": token, "content": content, "single_word": False, "lstrip": False, "rstrip": False,
                "normalized": False, "special": True}

    level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": True}
    return {"version": "1.0", "truncation": None, "padding": None, "normalizer": None,
            "added_tokens": [special(256, "<|endoftext|>"), special(257, "<|im_start|>")],
            "pre_tokenizer": level, "post_processor": None, "decoder": level,
            "model": {"type": "BPE", "dropout": None, "unk_token": None, "continuing_subword_prefix": "",
                      "end_of_word_suffix": "", "fuse_unk": False, "byte_fallback": False, "vocab": vocab,
                      "merges": []}}


def files(folder="model", hidden=16, vocab=258):
    """The folder's files by name."""
    rng = random.Random(5)
    shapes = {"model.embed_tokens.weight": [vocab, hidden], "model.norm.weight": [hidden],
              "point_encoder.projection.weight": [hidden, 51], "point_encoder.projection.bias": [hidden]}
    layer = {"input_layernorm.weight": [hidden], "post_attention_layernorm.weight": [hidden],
             "self_attn.q_proj.weight": [hidden, hidden], "self_attn.q_proj.bias": [hidden],
             "self_attn.k_proj.weight": [8, hidden], "self_attn.k_proj.bias": [8],
             "self_attn.v_proj.weight": [8, hidden], "self_attn.v_proj.bias": [8],
             "self_attn.o_proj.weight": [hidden, hidden], "mlp.gate_proj.weight": [24, hidden],
             "mlp.up_proj.weight": [24, hidden], "mlp.down_proj.weight": [hidden, 24]}
    shapes |= {f"model.layers.0.{name}": shape for name, shape in layer.items()}
    header, body = {}, b""
    for name in sorted(shapes):
        shape = shapes[name]
        count = shape[0] * (shape[1] if len(shape) > 1 else 1)
        values = [1.0 if "norm" in name else rng.uniform(-0.4, 0.4) for _ in range(count)]
        data = struct.pack(f"<{count}f", *values)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    config = {"architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2", "hidden_act": "silu",
              "hidden_size": hidden, "intermediate_size": 24, "num_hidden_layers": 1,
              "num_attention_heads": 2, "num_key_value_heads": 1, "vocab_size": vocab,
              "max_position_embeddings": 2048, "rms_norm_eps": 1e-6, "rope_theta": 10000.0,
              "tie_word_embeddings": True, "torch_dtype": "float32", "eos_token_id": 256}
    return {f"{folder}/config.json": json.dumps(config), f"{folder}/tokenizer.json": json.dumps(tokenizer()),
            f"{folder}/model.safetensors": struct.pack("<Q", len(text)) + text + body}
