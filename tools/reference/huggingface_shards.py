#!/usr/bin/env python3
"""Do our shards load as they are in Hugging Face's datasets?

usage: huggingface_shards.py FOLDER     (Python with `datasets` and `zstandard`)

Loads FOLDER/shard-*.jsonl.zst with load_dataset("json"), whole and streaming,
prints rows, columns and types, and compares every row with what `zstd -dc`
gives. Exits with 1 where they differ.
"""
import glob
import json
import subprocess
import sys
import tempfile

import datasets


def main():
    files = sorted(glob.glob(sys.argv[1] + "/shard-*.jsonl.zst"))
    text = subprocess.run(["zstd", "-dcq", *files], capture_output=True, check=True).stdout
    expected = [json.loads(line) for line in text.decode().splitlines()]
    bad = 0
    with tempfile.TemporaryDirectory() as cache:
        whole = datasets.load_dataset("json", data_files=files, split="train", cache_dir=cache)
        print(f"datasets {datasets.__version__}: {len(whole)} rows of {len(expected)}, {whole.features}")
        bad += list(whole) != expected
        stream = datasets.load_dataset("json", data_files=files, split="train", streaming=True)
        streamed = list(stream)
        print(f"streaming: {len(streamed)} rows of {len(expected)}")
        bad += streamed != expected
    print("equal" if not bad else "DIFFERENT")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
