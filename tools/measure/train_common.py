"""What the measurements of training share: a tiny model with a byte-level tokenizer, runs, logs."""
import json
import pathlib
import subprocess

SPECIAL = ["<|endoftext|>", "<|im_start|>"]


def tokenizer_text():
    """A tokenizer.json whose tokens are the printable ASCII characters, blank and line feed."""
    characters = [chr(b) for b in range(33, 127)] + ["\u0120", "\u010a"]
    vocabulary = {token: i for i, token in enumerate(SPECIAL + characters)}
    flags = dict(single_word=False, lstrip=False, rstrip=False, normalized=False, special=True)
    level = dict(type="ByteLevel", add_prefix_space=False, trim_offsets=False, use_regex=False)
    return json.dumps({
        "version": "1.0", "added_tokens": [dict(id=i, content=c, **flags) for i, c in enumerate(SPECIAL)],
        "normalizer": None, "pre_tokenizer": level, "post_processor": None, "decoder": level,
        "model": dict(type="BPE", dropout=None, unk_token=None, continuing_subword_prefix=None,
                      end_of_word_suffix=None, fuse_unk=False, byte_fallback=False, ignore_merges=False,
                      vocab=vocabulary, merges=[])})


def config(vocabulary=100, hidden=32, layers=2, heads=2, kv_heads=1, inner=64, points=8, **more):
    return dict(architectures=["Qwen2ForCausalLM"], model_type="qwen2", hidden_size=hidden, intermediate_size=inner,
                num_hidden_layers=layers, num_attention_heads=heads, num_key_value_heads=kv_heads,
                vocab_size=vocabulary, max_position_embeddings=2048, rms_norm_eps=1e-6, rope_theta=10000.0,
                tie_word_embeddings=True, hidden_act="silu", eos_token_id=0, use_sliding_window=False,
                torch_dtype="float32",
                point_encoder=dict(type="fourier", points=points, tokens=points, normals=False), **more)


def write_base(folder, tokenizer=None, **sizes):
    """A base folder of a config and a tokenizer, no weights: training begins with fresh ones."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    text = pathlib.Path(tokenizer, "tokenizer.json").read_text() if tokenizer else tokenizer_text()
    (folder / "tokenizer.json").write_text(text)
    if tokenizer:
        stored = json.loads(text)
        added = [t["id"] for t in stored["added_tokens"]]
        sizes["vocabulary"] = 1 + max([*stored["model"]["vocab"].values(), *added])
    (folder / "config.json").write_text(json.dumps(config(**sizes), indent=2))
    return folder


def words(settings):
    return [f"{key}={json.dumps(value) if not isinstance(value, (str, pathlib.Path)) else value}"
            for key, value in settings.items()]


def train(program, settings, **options):
    """Runs it to its end; stderr to RUN.log beside the run."""
    log = pathlib.Path(str(settings["model_save_path"]) + ".log")
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "ab") as out:
        return subprocess.run([program, "train", *words(settings)], stdout=out, stderr=out, **options).returncode


def rows(run):
    path = pathlib.Path(run, "log.jsonl")
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def last(run, name):
    """The last value a run logged under `name`."""
    return next((r[name] for r in reversed(rows(run)) if r.get(name) is not None), None)
