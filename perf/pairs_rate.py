#!/usr/bin/env python3
"""How many official pair evaluations a second, beside the official arithmetic.

    python3 perf/pairs_rate.py build/perf/bin/cadrecode VENV_PYTHON [--pairs 10000] [--theirs 120] [--rounds 6]

A pair is two program texts of the CAD-Recode v1.5 development corpus (`code` and a
prediction); wanted are validity, the Chamfer distance of 8192 points both ways and
the IoU. Ours: `cadrecode metric --pairs … --threads 1`, process start, parsing and
JSON included, programs that are no valid part going to the CAD kernel and back.
Theirs: perf/official_side.py on an evenly spread part of the same pairs.

Both are pinned to one core and take turns; rates are by CPU time (other work on
the machine slows both walls) and by wall. Prints; asserts nothing.
"""
import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "parity"))
import corpus  # noqa: E402


def all_pairs(count):
    programs = dict(corpus.development(corpus.folder()))
    ids = [i[: -len("/code")] for i in programs if i.endswith("/code")]
    pairs = [(i, w) for i in ids for w in ("prediction_a", "prediction_b")]
    return [{"id": f"{i}/{w}/{n // len(pairs)}", "gt_code": programs[f"{i}/code"], "pred_code": programs[f"{i}/{w}"]}
            for n in range(count) for i, w in [pairs[n % len(pairs)]]]


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def ours(core, binary, path):
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(["taskset", "-c", str(core), binary, "metric", "--pairs", path, "--json", "--threads", "1", "--no-excess"],
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"cpu": cpu, "wall": wall, "rows": len(rows), "by_mesh": sum(r.get("by") == "mesh" for r in rows),
            "failed": sum(r["status"] != "ok" for r in rows)}


def total(results, key):
    return sum(r[key] for r in results)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("python", help="python of the reference venv (tools/reference/setup)")
    parser.add_argument("--pairs", type=int, default=10000)
    parser.add_argument("--theirs", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--core", type=int, default=max(os.sched_getaffinity(0)))
    options = parser.parse_args()
    if corpus.folder() is None:
        sys.exit("pairs_rate: no corpus; set CADRECODE_CORPUS")
    pairs = all_pairs(options.pairs)
    spread = pairs[: len(pairs)][:: max(1, len(pairs) // options.theirs)][: options.theirs]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        side = subprocess.Popen(["taskset", "-c", str(options.core), options.python, ROOT / "perf" / "official_side.py"],
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        side.stdout.readline()
        mine, theirs = [], []
        for k in range(options.rounds):
            mine.append(ours(options.core, options.binary, write(folder / "ours.jsonl", pairs[k :: options.rounds])))
            side.stdin.write(f"{write(folder / 'theirs.jsonl', spread[k :: options.rounds])}\n")
            side.stdin.flush()
            theirs.append(json.loads(side.stdout.readline()))
            a, b = mine[-1], theirs[-1]
            print(f"round {k}: ours {a['rows'] / a['cpu']:7.1f}, theirs {b['rows'] / b['cpu']:6.2f} pairs a CPU second, ratio {a['rows'] / a['cpu'] * b['cpu'] / b['rows']:.1f}", flush=True)
        side.stdin.close()
        side.wait()
    for unit in ("cpu", "wall"):
        a, b = total(mine, "rows") / total(mine, unit), total(theirs, "rows") / total(theirs, unit)
        print(f"{unit}: ours {a:.1f} pairs/s ({total(mine, 'rows')} pairs), theirs {b:.2f} ({total(theirs, 'rows')}), ratio {a / b:.1f}")
    rest = total(theirs, "cpu") - total(theirs, "truth_cpu")
    print(f"cpu, their truth's mesh given: theirs {total(theirs, 'rows') / rest:.2f} pairs/s, ratio {total(mine, 'rows') / total(mine, 'cpu') * rest / total(theirs, 'rows'):.1f}")
    print(f"of ours {total(mine, 'by_mesh')} by meshes (no valid part), {total(mine, 'failed')} failed; of theirs {total(theirs, 'failed')} failed; load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
