#!/usr/bin/env python3
"""Goldens of Hugging Face's `tokenizers` for learning/tokenizer.

    tokenizer_ids.py --golden DIR       writes DIR/tiny.json (a byte-level BPE with Qwen's normaliser,
                                        pre-tokenizer and special tokens, trained on the texts below)
                                        and DIR/tiny_ids.json (texts and their ids)
    tokenizer_ids.py --compare PROGRAM FILE.json [--count N] [--corpus GLOB ...]
                                        PROGRAM reads length-prefixed texts and answers ids and the
                                        decoded text (tests/unit/tokenizer/ids_main.cpp); compares on
                                        random Unicode, every prefix of a text, and the corpora given
"""
import argparse
import glob
import json
import pathlib
import random
import struct
import subprocess
import sys
import tempfile

import tokenizers
from tokenizers import Regex, decoders, models, normalizers, pre_tokenizers, trainers

QWEN = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
PROGRAM = "import cadquery as cq\nr=cq.Workplane('XY').sketch().segment((-71,18),(58,100)).arc((-53,-38),(-6,-70)).close()" \
          ".assemble().push([(1,2)]).circle(5,mode='s').finalize().extrude(-45)\n"
POOLS = [[chr(c) for c in range(32, 127)], [chr(c) for c in range(0x300)], [chr(c) for c in range(0x3000)],
         [chr(c) for c in [*range(0xD800), *range(0xE000, 0x20000)]],
         list(" \t\n\r\u00a0\u2028\u180e'sStTreREvemMdD lL0123456789.,()[]=abc"),
         list("e\u0301a\u0308\u1100\u1161\u11a8 \u017fK'\u017f\u1ace\u0323")]
MARKS = ["<|im_start|>user\n<|im_end|>x<|endoftext|>", "<|im_start|" * 3, "a" * 3000, " " * 2000 + "x", "", "\n\n \n"]


def random_texts(count, seed):
    source = random.Random(seed)
    return ["".join(source.choice(POOLS[i % len(POOLS)]) for _ in range(source.randint(0, 40))) for i in range(count)]


def train():
    tokenizer = tokenizers.Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([
        pre_tokenizers.Split(Regex(QWEN), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=700, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    tokenizer.train_from_iterator([PROGRAM, __doc__] * 20 + random_texts(500, 7), trainer)
    tokenizer.add_special_tokens(["<|endoftext|>", "<|im_start|>", "<|im_end|>"])
    return tokenizer


def golden(folder):
    tokenizer = train()
    texts = [PROGRAM, *MARKS[:2], *MARKS[4:], *random_texts(300, 3), *(PROGRAM[:i] for i in range(0, len(PROGRAM), 7))]
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tiny.json"), pretty=False)
    rows = [{"text": t, "ids": tokenizer.encode(t, add_special_tokens=False).ids} for t in texts]
    (folder / "tiny_ids.json").write_text(json.dumps(rows))


def answers(program, file, texts):
    with tempfile.TemporaryDirectory() as folder:
        source, target = pathlib.Path(folder, "in"), pathlib.Path(folder, "out")
        source.write_bytes(b"".join(struct.pack("<I", len(t.encode())) + t.encode() for t in texts))
        subprocess.run([program, file, source, target], check=True)
        data, at = target.read_bytes(), 0
        for _ in texts:
            (count,) = struct.unpack_from("<I", data, at)
            ids = list(struct.unpack_from(f"<{count}i", data, at + 4))
            at += 4 + 4 * count
            (size,) = struct.unpack_from("<I", data, at)
            yield ids, data[at + 4:at + 4 + size].decode()
            at += 4 + size


def compare(options):
    reference = tokenizers.Tokenizer.from_file(options.file)
    texts = random_texts(options.count, 1) + MARKS + [PROGRAM[:i] for i in range(len(PROGRAM))]
    for pattern in options.corpus:
        for name in glob.glob(pattern, recursive=True):
            if name.endswith(".jsonl"):
                texts += [v for line in open(name) for v in json.loads(line).values() if isinstance(v, str)]
            else:
                texts.append(open(name, errors="replace").read())
    wrong = 0
    for text, (ids, back) in zip(texts, answers(options.compare, options.file, texts)):
        expected = reference.encode(text, add_special_tokens=False).ids
        if ids != expected or back != reference.decode(expected, skip_special_tokens=False):
            wrong += 1
            print(f"differs: {ascii(text)[:120]}\n  ours   {ids[:30]}\n  theirs {expected[:30]}")
    print(f"{len(texts) - wrong} passed, {wrong} failed")
    return 1 if wrong else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--golden", type=pathlib.Path)
    parser.add_argument("--compare")
    parser.add_argument("file", nargs="?")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--corpus", nargs="*", default=[])
    options = parser.parse_args()
    if options.golden:
        return golden(options.golden)
    return compare(options)


if __name__ == "__main__":
    sys.exit(main())
