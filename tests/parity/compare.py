#!/usr/bin/env python3
"""Compares `cadrecode run` with the real CadQuery on the corpora.

    python3 tests/parity/compare.py build/release/bin/cadrecode [--all] [--set v15 expert] [--jobs N] [--list FILE]

The expected facts are *.jsonl.xz beside this file (tools/reference/parity.py);
the programs are read from the corpus (corpus.py). Without --all: every 10th v1.5
program and all expert ones. Prints a table of agreement and every difference.
Exit 77 (skipped, loudly) without a corpus, 1 when something required differs.

Agreement means: same status; same validity; volume and area within 1e-6
relative; box and centre within 1e-6 of the size; same numbers of solids, faces,
edges and vertices. For shapes that CadQuery calls invalid (self-crossing
profiles) only status and validity are required: the kernel's numbers for them
mean nothing and change between its versions; they are compared and listed all
the same. On v1.5 the published mesh is compared as well: volume 0.5 %, box 0.01.
"""

import argparse
import collections
import json
import lzma
import pathlib
import struct
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "program"))
import corpus  # noqa: E402
import run_programs  # noqa: E402

FOLDER = pathlib.Path(__file__).resolve().parent
SAMPLE = {"v15": 10, "expert": 1}
TOLERANCE = 1e-6
MESH_VOLUME, MESH_BOX = 0.005, 0.01
CHECKS = ("status", "valid", "counts", "volume", "area", "bbox", "center")


def goldens(name):
    with lzma.open(FOLDER / f"{name}.jsonl.xz", "rt") as lines:
        return {row["id"]: row for row in map(json.loads, lines)}


def near(got, wanted, tolerance):
    if got is None or wanted is None:
        return got is wanted
    return abs(got - wanted) <= tolerance


def differences(row, wanted):
    """{check: sentence} of what differs between our row and CadQuery's."""
    if row["status"] != wanted["status"]:
        return {"status": f"{row['status']} {row.get('error', '')}, CadQuery: {wanted['status']} {wanted.get('error', '')}"}
    if wanted["status"] == "error":
        same = row["error"]["kind"] == wanted["error"]["kind"]
        return {} if same else {"status": f"{row['error']}, CadQuery: {wanted['error']}"}
    found = {}
    size = max([b - a for a, b in zip(*wanted["bbox"])] + [1e-3])
    if row["valid"] != wanted["valid"]:
        found["valid"] = f"{row['valid']}, CadQuery: {wanted['valid']}"
    ours, theirs = ([r[k] for k in ("solids", "faces", "edges", "vertices")] for r in (row, wanted))
    if ours != theirs:
        found["counts"] = f"{ours}, CadQuery: {theirs}"
    for key, power in (("volume", 3), ("area", 2)):
        if not near(row[key], wanted[key], max(TOLERANCE * abs(wanted[key]), 1e-9 * size**power)):
            found[key] = f"{row[key]}, CadQuery: {wanted[key]}"
    if not all(near(g, w, TOLERANCE * size) for g, w in zip(sum(row["bbox"], []), sum(wanted["bbox"], []))):
        found["bbox"] = f"{row['bbox']}, CadQuery: {wanted['bbox']}"
    if abs(wanted["volume"]) > 1e-9 * size**3 and not all(
        near(g, w, TOLERANCE * size) for g, w in zip(row["center"], wanted["center"])
    ):
        found["center"] = f"{row['center']}, CadQuery: {wanted['center']}"
    return found


def measure_stl(path):
    """(volume, [[x, y, z], [x, y, z]]) of a binary STL file."""
    volume, corners = 0.0, []
    for ax, ay, az, bx, by, bz, cx, cy, cz, _ in struct.iter_unpack("<12x9fH", path.read_bytes()[84:]):
        volume += ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx)
        corners += [(ax, ay, az), (bx, by, bz), (cx, cy, cz)]
    return volume / 6, [[pick(axis) for axis in zip(*corners)] for pick in (min, max)]


def mesh_differences(row, path, mesh):
    """What differs from the published mesh of a v1.5 part."""
    if row["status"] != "ok" or not row["valid"]:
        yield f"{row['status']}, valid {row.get('valid')}"
        return
    volume, box = measure_stl(path)
    if abs(volume - mesh["mesh_volume"]) > MESH_VOLUME * mesh["mesh_volume"]:
        yield f"volume of the STL {volume}, mesh {mesh['mesh_volume']}"
    if any(abs(a - b) > MESH_BOX for a, b in zip(sum(box, []), sum(mesh["mesh_bbox"], []))):
        yield f"box of the STL {box}, mesh {mesh['mesh_bbox']}"


def compare_meshes(folder, programs, arguments, out):
    """v1.5 `code` against its published meshes; returns the number of differences."""
    meshes = corpus.meshes(folder)
    code = [(i, c) for i, c in programs if i in meshes]
    differing = 0
    with tempfile.TemporaryDirectory() as name:
        output = pathlib.Path(name)
        rows = run_programs.run_batch(arguments.binary, code, arguments.jobs, 3600, ["-o", f"{name}/{{id}}.stl"])
        for row in rows:
            path = output / (row["id"].replace("/", "_") + ".stl")
            found = list(mesh_differences(row, path, meshes[row["id"]]))
            differing += bool(found)
            for sentence in found:
                print(f"{row['id']}: {sentence}", file=out)
    print(f"v1.5 code against the published meshes: {len(code)} parts, {differing} differ")
    return differing


def report(title, rows, wanted, out):
    """Prints the table of one group; returns the number of required differences."""
    tally, required = collections.Counter(), 0
    for row in rows:
        found = differences(row, wanted[row["id"]])
        tally.update(found.keys())
        tally["equal"] += not found
        kept = found if wanted[row["id"]].get("valid", True) else {k: v for k, v in found.items() if k in ("status", "valid")}
        required += bool(kept)
        for key, sentence in found.items():
            print(f"{row['id']}: {key}{'' if key in kept else ' (invalid shape)'} {sentence}", file=out)
    ran = sum(r["status"] == "ok" for r in rows)
    print(f"{title}: {len(rows)} programs, {ran} run, {tally['equal']} equal in everything, {required} differ where required")
    print("   differing: " + ", ".join(f"{check} {tally[check]}" for check in CHECKS))
    return required


def compare_set(name, folder, arguments, out):
    """Runs one set and prints its groups; returns the number of required differences."""
    wanted = goldens(name)
    programs = list(corpus.SETS[name](folder))
    programs = programs if arguments.all else programs[:: SAMPLE[name]]
    rows = run_programs.run_batch(arguments.binary, programs, arguments.jobs, wall_seconds=3600)
    groups = collections.defaultdict(list)
    for row in rows:
        which = row["id"].rsplit("/", 1)[1] if name == "v15" else name
        groups["v1.5 " + which.split("_")[0] if name == "v15" else name].append(row)
    required = sum(report(title, group, wanted, out) for title, group in groups.items())
    if name == "v15":
        required += compare_meshes(folder, programs, arguments, out)
    return required


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("--all", action="store_true", help="every program, not a sample")
    parser.add_argument("--set", nargs="+", choices=sorted(corpus.SETS), default=sorted(corpus.SETS))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--list", help="write the differences to this file instead of the output")
    arguments = parser.parse_args()
    folder = corpus.folder()
    if folder is None:
        print("parity: SKIPPED, no corpus; set CADRECODE_CORPUS", file=sys.stderr)
        return 77
    out = open(arguments.list, "w") if arguments.list else sys.stdout
    return 1 if sum(compare_set(name, folder, arguments, out) for name in arguments.set) else 0


if __name__ == "__main__":
    sys.exit(main())
