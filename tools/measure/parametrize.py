#!/usr/bin/env python3
"""What `cadrecode parametrize` is worth, on 200 v1.5 and 200 DeepCAD programs:

    tools/measure/parametrize.py BINARY --v15 dev.jsonl --deepcad CADPrompt [--count 200] [--out DIR]

v15: JSON Lines with `code`; deepcad: a folder of DeepCAD sequence files (.json), converted by `cadrecode convert`.
For each set: how many programs are parametrised, how many of the written programs run to the same solid (the kernel's
volume, area, box and centre of both, 1e-6), how many single-slider moves within the stated ranges (both ends and two
seeded places between, every parameter) give a valid solid by the kernel, and parameters beside the numbers in the text.
Failures are written to DIR. The checks are native runs; --cadquery PYTHON repeats a tenth of them in the real CadQuery.
"""
import argparse
import json
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile


def rows_of(binary, args, lines):
    text = "\n".join(json.dumps(x) for x in lines) + "\n"
    done = subprocess.run([binary, *args], input=text, capture_output=True, text=True)
    return [json.loads(x) for x in done.stdout.splitlines() if x.startswith("{")]


def deepcad_programs(binary, folder, work):
    """CADPrompt keeps a part in NAME/NAME.json; `convert` wants a flat folder of them."""
    flat = pathlib.Path(work) / "json"
    flat.mkdir()
    for path in sorted(pathlib.Path(folder).rglob("*.json")):
        if path.stem != "Ground_Truth":
            (flat / path.name).write_bytes(path.read_bytes())
    shards, programs = pathlib.Path(work) / "shards", pathlib.Path(work) / "programs"
    subprocess.run([binary, "convert", "deepcad", str(flat), "-o", str(shards)], check=False, capture_output=True)
    subprocess.run([binary, "convert", "folder", str(shards), "-o", str(programs)], check=False, capture_output=True)
    return [{"id": p.stem, "code": p.read_text()} for p in sorted(programs.rglob("*.py"))]


def alike(a, b):
    """Of two rows of `run --json`."""
    if a["status"] != "ok" or b["status"] != "ok" or not a["valid"]:
        return False
    flat = lambda r: [x for corner in r["bbox"] for x in corner] + r["center"]
    size = max(abs(x) for x in flat(b)) or 1
    return (abs(a["volume"] - b["volume"]) <= 1e-6 * abs(b["volume"]) and abs(a["area"] - b["area"]) <= 1e-6 * b["area"]
            and max(abs(x - y) for x, y in zip(flat(a), flat(b))) <= 1e-6 * size)


def moves_of(row, seed, count):
    rng = random.Random(f"{seed} {row['id']}")
    for p in row["model"]["parameters"]:
        places = ([0, 1] + [rng.random() for _ in range(count - 2)])[:count]
        for k, share in enumerate(places):
            value = p["low"] + share * (p["high"] - p["low"])
            value = round(value) if p["count"] else value
            call = f"result = {row['model']['name']}({p['name']}={value!r})\n"
            yield {"id": f"{row['id']}|{p['name']}|{value!r}", "code": re.sub(r"^result = .*\n", call, row["code"], flags=re.M)}


def in_cadquery(python, rows):
    script = """
import json, sys
for line in sys.stdin:
    row = json.loads(line)
    try:
        names = {}
        exec(row["code"], names)
        shapes = names["result"].vals()
        print(json.dumps({"id": row["id"], "valid": all(s.isValid() for s in shapes), "volume": sum(s.Volume() for s in shapes)}), flush=True)
    except Exception as error:
        print(json.dumps({"id": row["id"], "valid": False, "volume": None, "error": str(error)[:200]}), flush=True)
"""
    text = "\n".join(json.dumps(x) for x in rows)
    done = subprocess.run([python, "-c", script], input=text, capture_output=True, text=True)
    return [json.loads(x) for x in done.stdout.splitlines()]


def measure(name, programs, options, out):
    made = rows_of(options.binary, ["parametrize", "--batch", "-", "--json"], programs)
    good = [r for r in made if r["status"] == "ok"]
    original = {r["id"]: r for r in rows_of(options.binary, ["run", "--batch", "-", "--json"], programs)}
    rebuilt = {r["id"]: r for r in rows_of(options.binary, ["run", "--batch", "-", "--json"], [{"id": r["id"], "code": r["code"]} for r in good])}
    same = [r for r in good if alike(rebuilt[r["id"]], original[r["id"]])]
    moves = [m for r in good for m in moves_of(r, options.seed, options.moves)]
    moved = rows_of(options.binary, ["run", "--batch", "-", "--json"], moves) if moves else []
    valid = [r for r in moved if r["status"] == "ok" and r["valid"] and r["volume"] > 0]
    if not good:
        sys.exit(f"{name}: none of {len(programs)} programs could be parametrised")
    seconds = [r["seconds"] for r in good]
    print(f"{name}: {len(programs)} programs, {len(good)} parametrised, {len(same)} rebuild the same solid ({100 * len(same) / len(programs):.1f} %)")
    if moves:
        print(f"  {len(valid)} of {len(moves)} single-slider moves within range valid ({100 * len(valid) / len(moves):.2f} %)")
    print(f"  parameters per part {statistics.mean(r['parameters'] for r in good):.1f} (median {statistics.median(r['parameters'] for r in good):g}),"
          f" numbers per program {statistics.mean(r['numbers'] for r in good):.1f} (median {statistics.median(r['numbers'] for r in good):g}),"
          f" relations {statistics.mean(r['relations'] for r in good):.1f}")
    print(f"  seconds a part: median {statistics.median(seconds):.3f}, largest {max(seconds):.2f}")
    if options.cadquery:
        tenth = [{"id": r["id"], "code": r["code"]} for r in good][::10] + moves[::40]
        answers = in_cadquery(options.cadquery, tenth)
        native = {**rebuilt, **{r["id"]: r for r in moved}}
        agree = [a for a in answers if a["volume"] is not None and native[a["id"]]["status"] == "ok" and abs(a["volume"] - native[a["id"]]["volume"]) <= 1e-6 * abs(a["volume"])]
        print(f"  in the real CadQuery: {sum(a['valid'] for a in answers)} of {len(answers)} valid, {len(agree)} of the native volume")
    chosen = {r["id"] for r in same}
    with open(out / f"{name}_failures.jsonl", "w") as f:
        for r in made:
            if r["id"] not in chosen:
                f.write(json.dumps({"what": "not the same", **{k: r.get(k) for k in ("id", "error", "code")}, "rebuilt": rebuilt.get(r["id"])}) + "\n")
        for r, m in zip(moved, moves):
            if not (r["status"] == "ok" and r["valid"]):
                f.write(json.dumps({"what": "move", "id": m["id"], "error": r.get("error"), "code": m["code"]}) + "\n")
    with open(out / f"{name}.jsonl", "w") as f:
        f.writelines(json.dumps(r) + "\n" for r in good)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--v15")
    parser.add_argument("--deepcad")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--moves", type=int, default=4, help="of each parameter; 0: none")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", default="parametrize-measured")
    parser.add_argument("--cadquery", help="a Python that has CadQuery")
    options = parser.parse_args()
    out = pathlib.Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    if not options.v15 and not options.deepcad:
        sys.exit("nothing to measure: give --v15 or --deepcad")
    rng = random.Random(options.seed)
    if options.v15:
        rows = [json.loads(x) for x in open(options.v15)]
        rows = [{"id": str(r["id"]), "code": r["code"]} for r in rng.sample(rows, min(options.count, len(rows)))]
        measure("v1.5", rows, options, out)
    if options.deepcad:
        with tempfile.TemporaryDirectory() as work:
            rows = deepcad_programs(options.binary, options.deepcad, work)
        measure("deepcad", rng.sample(rows, min(options.count, len(rows))), options, out)


if __name__ == "__main__":
    main()
