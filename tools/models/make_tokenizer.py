#!/usr/bin/env python3
"""Makes the compact tokenizer of models/mini from generated programs.

    python tools/models/make_tokenizer.py PROGRAMS.jsonl OUT [--pieces 600]

PROGRAMS.jsonl has rows with a `code`, from `cadrecode generate` (never a corpus
that is measured on). Writes OUT/tokenizer.json and OUT/tokenizer_config.json as
Hugging Face reads them.

The vocabulary, in order of ids: three special tokens (their names are Qwen's,
so that prompts look alike), the 256 bytes, the numbers -200 ... 200 without and
with a comma behind them, the most frequent pieces of text between numbers.
A program is cut into numbers and the text between them, and a piece that is in
the vocabulary is one token (`ignore_merges`); any other text is spelled: pieces
by merges into smaller ones, at worst by bytes. So every text has ids, and a
coordinate pair costs two.
"""

import argparse
import collections
import json
import pathlib

import tokenizers
from tokenizers import decoders, models, pre_tokenizers

SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
LARGEST = 200
# A number with its comma; or whatever stands between numbers. Digits that
# belong to that text: of a name (w0), of a half (.5, /2).
PATTERN = r"-?[0-9]+,?|(?:w[0-9]|/2|\.5|[^0-9\-]|-(?![0-9]))+"


def byte_characters():
    """GPT-2's printable character of each byte."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [b for b in range(256) if b not in printable]
    return {b: chr(b) for b in printable} | {b: chr(256 + i) for i, b in enumerate(others)}


BYTES = byte_characters()


def spelled(text):
    return "".join(BYTES[b] for b in text.encode())


def count_pieces(path):
    """How often each text between numbers occurs, and the number of programs."""
    import re

    pattern = re.compile(PATTERN)
    counts, programs = collections.Counter(), 0
    with open(path, encoding="utf-8") as rows:
        for row in rows:
            programs += 1
            counts.update(p for p in pattern.findall(json.loads(row)["code"]) if not re.match(r"-?[0-9]", p))
    return counts, programs


def merges_for(pieces, vocabulary):
    """Byte pairs joined so that text outside the vocabulary is spelled with few tokens.

    The merges of each piece build it from the left; every intermediate result
    must be a token, so only pieces whose prefixes are tokens too take part.
    """
    merges = []
    for piece in sorted(pieces, key=len):
        for cut in range(len(piece) - 1, 0, -1):
            if piece[:cut] in vocabulary and piece[cut:] in vocabulary:
                merges.append((piece[:cut], piece[cut:]))
                break
    return merges


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("programs")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--pieces", type=int, default=600)
    arguments = parser.parse_args()

    counts, programs = count_pieces(arguments.programs)
    # Frequency first; equal counts by text, so that the file is reproducible.
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    pieces = [spelled(text) for text, count in ranked if len(text.encode()) > 1 and count > 1][: arguments.pieces]
    numbers = [str(n) for n in range(-LARGEST, LARGEST + 1)]
    words = [BYTES[b] for b in range(256)]
    words += [n for n in numbers if len(n) > 1] + [n + "," for n in numbers]
    words += [p for p in pieces if p not in set(words)]
    vocabulary = {word: i + len(SPECIAL) for i, word in enumerate(dict.fromkeys(words))}

    tokenizer = tokenizers.Tokenizer(
        models.BPE(vocab=vocabulary, merges=merges_for(pieces, vocabulary), ignore_merges=True)
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(tokenizers.Regex(PATTERN), behavior="isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, trim_offsets=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    document = json.loads(tokenizer.to_str())
    document["added_tokens"] = [
        {"id": i, "content": name, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
         "special": True}
        for i, name in enumerate(SPECIAL)
    ]
    document["model"]["vocab"] = {name: i for i, name in enumerate(SPECIAL)} | vocabulary
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "tokenizer.json").write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    config = {"tokenizer_class": "PreTrainedTokenizerFast", "eos_token": SPECIAL[0], "pad_token": SPECIAL[2],
              "bos_token": None, "clean_up_tokenization_spaces": False, "model_max_length": 4096}
    (arguments.out / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")

    covered = sum(counts[text] for text, _ in ranked[: arguments.pieces])
    print(f"{programs} programs, {len(vocabulary) + len(SPECIAL)} tokens, "
          f"{len(counts)} different pieces, {covered / sum(counts.values()):.4%} of their uses are one token")


if __name__ == "__main__":
    main()
