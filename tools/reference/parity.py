#!/usr/bin/env python3
"""Makes tests/parity/*.jsonl.xz: facts of the corpora with the real CadQuery.

    python tools/reference/parity.py [v15] [expert]

Only numbers and ids are written, never text of the corpus. Numbers keep ten
significant digits; `seconds` and messages are left out.
"""

import json
import lzma
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "parity"))
import corpus  # noqa: E402
import facts  # noqa: E402


def rounded(value):
    """Numbers with ten significant digits, integers and words as they are."""
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return float(f"{value:.10g}") if isinstance(value, float) else value


def golden(identifier, row):
    """The row that is committed."""
    row.pop("seconds", None)
    if "error" in row:
        row["error"].pop("message")
    return json.dumps({"id": identifier, **{k: rounded(v) for k, v in row.items()}})


def main():
    folder = corpus.folder()
    if folder is None:
        sys.exit("parity: no corpus; set CADRECODE_CORPUS")
    _, failure = facts.load_cadquery()
    for name in sys.argv[1:] or sorted(corpus.SETS):
        rows = []
        for identifier, code in corpus.SETS[name](folder):
            rows.append(golden(identifier, facts.run_isolated(code, failure)))
            if len(rows) % 100 == 0:
                print(f"{name} {len(rows)}", file=sys.stderr)
        with lzma.open(ROOT / "tests" / "parity" / f"{name}.jsonl.xz", "wt", preset=9) as out:
            out.write("\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
