"""The cases of run_cases.py."""
import ast
import json
import math
import struct
from dataclasses import dataclass, field
from typing import Callable, Optional

import tiny_model


@dataclass
class Case:
    group: str
    name: str
    args: list
    code: int = 0
    out: list = field(default_factory=list)
    err: list = field(default_factory=list)
    stdin: str = ""
    files: dict = field(default_factory=dict)
    makes: dict = field(default_factory=dict)
    check: Optional[Callable] = None


BOX = "import cadquery as cq\nr = cq.Workplane().box(1, 2, 3)\n"
HOLE = "import cadquery as cq\nr = cq.Workplane().box(40, 30, 10).faces('>Z').workplane().hole(12)\n"
LOOP = "import cadquery as cq\nwhile True:\n    pass\n"


def rows(*codes):
    return "".join(json.dumps({"id": f"p{i}", "code": code}) + "\n" for i, code in enumerate(codes))


def sequence():
    """A 20 x 10 x 4 mm block as DeepCAD writes it: metres."""
    def point(x, y, z=0.0):
        return {"x": x, "y": y, "z": z}
    corners = [(0.0, 0.0), (0.02, 0.0), (0.02, 0.01), (0.0, 0.01)]
    lines = [{"type": "Line3D", "start_point": point(*a), "end_point": point(*b), "curve": "c"}
             for a, b in zip(corners, corners[1:] + corners[:1])]
    axes = {"origin": point(0.0, 0.0), "x_axis": point(1.0, 0.0), "y_axis": point(0.0, 1.0), "z_axis": point(0.0, 0.0, 1.0)}
    extent = {"type": "DistanceExtentDefinition", "distance": {"value": 0.004}, "taper_angle": {"value": 0.0}}
    sketch = {"type": "Sketch", "transform": axes, "profiles": {"P": {"loops": [{"is_outer": True, "profile_curves": lines}]}}}
    extrude = {"type": "ExtrudeFeature", "profiles": [{"sketch": "S", "profile": "P"}], "operation": "NewBodyFeatureOperation",
               "extent_type": "OneSideFeatureExtentType", "extent_one": extent, "start_extent": {"type": "ProfilePlaneStartDefinition"}}
    return json.dumps({"entities": {"S": sketch, "E": extrude}, "sequence": [{"index": 0, "type": "Sketch", "entity": "S"},
                                                                             {"index": 1, "type": "ExtrudeFeature", "entity": "E"}]})


SEQUENCE = sequence()


def quad(a, b, c, d):
    return [(a, b, c), (a, c, d)]


def box_triangles(x0, y0, z0, x1, y1, z1):
    p = [(x, y, z) for z in (z0, z1) for y in (y0, y1) for x in (x0, x1)]
    faces = [(0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)]
    return [t for f in faces for t in quad(*(p[i] for i in f))]


def stl(triangles):
    body = b"".join(struct.pack("<12fH", 0, 0, 0, *(v for p in t for v in p), 0) for t in triangles)
    return b"\0" * 80 + struct.pack("<I", len(triangles)) + body


def plate_with_hole(width, depth, height, radius, n=48):
    """A plate with a round hole through its middle, as a closed mesh."""
    ring = [(radius * math.cos(2 * math.pi * i / n), radius * math.sin(2 * math.pi * i / n)) for i in range(n)]

    def edge(i):  # where the ray through ring point i leaves the rectangle
        x, y = ring[i % n]
        s = min(width / 2 / abs(x) if x else math.inf, depth / 2 / abs(y) if y else math.inf)
        return (x * s, y * s)

    corners = [(sx * width / 2, sy * depth / 2) for sx, sy in ((1, 1), (-1, 1), (-1, -1), (1, -1))]
    triangles = []
    for i in range(n):
        a, b = ring[i], ring[(i + 1) % n]
        outer = [edge(i)]
        between = [c for c in corners if (a[0] * c[1] - a[1] * c[0]) > 1e-9 and (c[0] * b[1] - c[1] * b[0]) > 1e-9 and
                   (a[0] * c[0] + a[1] * c[1]) > 0]
        outer += between + [edge(i + 1)]
        for p, q in zip(outer, outer[1:]):
            triangles += [((*a, height), (*p, height), (*q, height)), ((*a, 0), (*q, 0), (*p, 0))]
            triangles += quad((*p, 0), (*q, 0), (*q, height), (*p, height))
        triangles += [((*a, height), (*outer[-1], height), (*b, height)), ((*a, 0), (*b, 0), (*outer[-1], 0))]
        triangles += quad((*b, 0), (*a, 0), (*a, height), (*b, height))
    return triangles


def one_row(root, out, err):
    lines = out.strip().splitlines()
    try:
        parsed = [json.loads(line) for line in lines]
    except ValueError as error:
        return [f"stdout is not JSON Lines: {error}"]
    return [] if len(parsed) == 1 else [f"{len(parsed)} rows, expected 1"]


def facts(**expected):
    def check(root, out, err):
        row = json.loads(out.strip().splitlines()[-1])
        return [f"{key} is {row.get(key)!r}, expected {value!r}" for key, value in expected.items()
                if not (isinstance(value, float) and math.isclose(row.get(key), value, rel_tol=1e-9)) and row.get(key) != value]
    return check


def statuses(*expected):
    def check(root, out, err):
        got = [json.loads(line)["status"] for line in out.strip().splitlines()]
        return [] if got == list(expected) else [f"statuses {got}, expected {list(expected)}"]
    return check


def reconstructs(volume, tolerance):
    """The program written by reconstruct is at least near the input's volume."""
    def check(root, out, err):
        row = json.loads(out.strip().splitlines()[-1])
        problems = [] if row["valid"] else ["not valid"]
        if not row["iou"] or row["iou"] < 1 - tolerance:
            problems.append(f"iou {row['iou']}")
        return problems
    return check


def metric_rows(*expected):
    """Rows of `metric --json`: each a dict of what must be so; None means null, a float is to 2e-3."""
    def check(root, out, err):
        got = [json.loads(line) for line in out.strip().splitlines()]
        if len(got) != len(expected):
            return [f"{len(got)} rows, expected {len(expected)}"]
        return [f"row {i}: {key} is {row.get(key, 'missing')!r}, expected {value!r}" for i, (row, want) in enumerate(zip(got, expected)) for key, value in want.items()
                if key not in row or (abs((row[key] or 0) - value) > 2e-3 if isinstance(value, float) else row[key] != value)]
    return check


def pairs(*rows_):
    return "".join(json.dumps(row) + "\n" for row in rows_)


def sheet(x, y, z):
    return f"import cadquery as cq\nr = cq.Workplane().box({x}, {y}, {z})\n"


BALL = "import cadquery as cq\nr = cq.Workplane().sphere(5)\n"
OPEN_LOOP = "import cadquery as cq\nr = cq.Workplane().sketch().segment((0, 0), (9, 0)).segment((0, 9)).segment((9, 9)).close().assemble().finalize().extrude(3)\n"

PLATE = stl(plate_with_hole(60, 40, 8, 7.5))

def generated(count):
    def check(root, out, err):
        row = json.loads(out)
        problems = [] if row["count"] == row["valid"] == count else [f"count {row['count']}, valid {row['valid']}"]
        if row["candidates"] != count + row["duplicates"] or row["seconds"] <= 0:
            problems.append(str(row))
        if row["audit"] and (row["audit"]["valid"] != row["audit"]["audited"] or not row["audit"]["audited"]):
            problems.append(str(row["audit"]))
        return problems
    return check


def plate_program(i, height):
    return ("import cadquery as cq\nw0=cq.Workplane('XY',origin=(0,0,0))\n"
            f"r=w0.workplane(offset={height + i % 3}/2).box({20 + i},{90 - i},{height + i % 3})")


def told_apart(root, out, err):
    row = json.loads(out)
    problems = [] if row["auc"] == 1 and row["count"] == 60 else [f"auc {row['auc']}, count {row['count']}"]
    return problems + ([] if len(row["features"]) >= 30 else ["few features"])


def bench(*systems, **keys):
    """A benchmark's YAML over the data set `gt`."""
    lines = ["data: [{name: d, path: gt}]", "systems:", *(f"  - {{{s}}}" for s in systems)]
    return "\n".join(lines + [f"{k}: {v}" for k, v in ({"metric_points": 512, "bootstrap": 50, "gallery": 2} | keys).items()]) + "\n"


TRUTHS = {f"gt/{i}.py": sheet(2 + i, 1, 1) for i in range(3)} | {"gt/3.stl": stl(box_triangles(0, 0, 0, 3, 2, 1))}
ANSWERS = {"pred/0+0.py": sheet(4, 1, 1), "pred/0+1.py": sheet(2, 1, 1), "pred/1+0.py": "r = (", "pred/3+0.stl": stl(box_triangles(0, 0, 0, 6, 4, 2))}


def bench_rows(**wanted):
    """rows.jsonl: its (system, id, candidate, status) in order, and figures by (id, candidate)."""
    def check(root, out, err):
        found = [json.loads(line) for line in (root / "out/rows.jsonl").read_text().splitlines()]
        order = [(r["id"], r["candidate"], r["status"]) for r in found]
        problems = [] if order == wanted["order"] else [f"rows {order}"]
        for (id_, k), figures in wanted.get("figures", {}).items():
            row = next(r for r in found if (r["id"], r["candidate"]) == (id_, k))
            problems += [f"{id_}+{k}: {key} {row.get(key)}, expected {value}" for key, value in figures.items() if abs(row.get(key, -9) - value) > 5e-3]
        html = (root / "out/report.html").read_text()
        return problems + [f"the page refers to outside: {bad}" for bad in ("src='http", "href='http", "@import", "url(http") if bad in html]
    return check


MODEL = tiny_model.files()
PARTS = {"in/a.stl": stl(box_triangles(0, 0, 0, 3, 2, 1)), "in/deep/b.py": BOX}
INFER = ["infer", "--model", "model", "-o", "out", "--points", "32", "--max-new-tokens", "40"]


def infer_settings(**changes):
    settings = {"model": "model", "tokenizer": "", "data": "in", "weights": "stored", "points": 32, "dense": 8192,
                "frame": "unit", "samples": 1, "temperature": 0.0, "top_p": 1.0, "max_new_tokens": 40, "seed": 0,
                "constrain": False, "shard": "0/1", "limit": 0, "run": True}
    return json.dumps(settings | changes, indent=2) + "\n"


def infer_rows(ids, check=lambda row: []):
    """Rows of these ids in this order; whatever ended under the grammar parses."""
    def look(root, out, err):
        found = [json.loads(line) for line in (root / "out/rows.jsonl").read_text().splitlines()]
        problems = [] if [row["id"] for row in found] == ids else [f"ids {[row['id'] for row in found]}, expected {ids}"]
        for row in found:
            problems += check(row)
        return problems
    return look


def parses(row):
    if row["finish"] == "end":
        try:
            ast.parse(row["code"])
        except SyntaxError as error:
            return [f"{error}: {row['code']!r}"]
    return [] if row["log_probability"] <= row["allowed_log_probability"] <= 0 else ["log-probabilities"]


# A plate 60 x 40 x 6 with a hole of 8.
NAMED = "import cadquery as cq\nw0=cq.Workplane('XY')\nr=w0.sketch().rect(60,40).circle(4,mode='s').finalize().extrude(6)\n"

CASES = [
    Case("infer", "samples under the grammar", INFER + ["--data", "in", "--samples", "5", "--temperature", "1", "--constrain", "--json"],
         files=MODEL | PARTS, out=[r'"rows":10'], check=infer_rows(["a"] * 5 + ["deep/b"] * 5, parses)),
    Case("infer", "four bits, one of two shards, OpenCADRecode's files", INFER + ["--data", "in", "--weights", "int4", "--shard", "1/2", "--layout", "opencadrecode"],
         files=MODEL | PARTS, out=["1 programs"], makes={"out/rows-1-of-2.jsonl": '.*"deep/b"', "out/generated_code/deep_b.py": "",
         "out/results/inference_results-1-of-2.json": r'.*"sample_id": "deep_b"', "out/results/statistics-1-of-2.json": '.*"total_executed": 1'}),
    Case("infer", "rows from stdin, a bad one costs itself", INFER + ["--data", "-", "--no-run"], code=1, files=MODEL,
         stdin=json.dumps({"id": "p", "points": [[math.sin(i), math.cos(3 * i), i / 40] for i in range(40)]}) + "\nnonsense\n" + rows(BOX, "r = ("),
         err=["line 2: not a JSON object", "p1: "], check=infer_rows(["p", "line 2", "p0", "p1"])),
    Case("infer", "goes on where it stopped", INFER + ["--data", "in"], files=MODEL | PARTS | {"out/settings.json": infer_settings(),
         "out/rows.jsonl": '{"id":"a","sample":0,"status":"ok","code":"kept"}\n{"id":"deep/b","sam'},
         check=infer_rows(["a", "deep/b"], lambda row: [] if row["id"] != "a" or row["code"] == "kept" else ["a was done again"])),
    Case("infer", "other settings", INFER + ["--data", "in"], code=3, files=MODEL | PARTS | {"out/settings.json": infer_settings(seed=1)}, err=["other settings"]),
    Case("infer", "no model", INFER + ["--data", "in"], code=3, files=PARTS, err=["model"]),
    Case("infer", "a cut model", INFER + ["--data", "in"], code=3, files=PARTS | MODEL | {"model/model.safetensors": MODEL["model/model.safetensors"][:9000]}, err=["model.safetensors"]),
    Case("infer", "no data", INFER + ["--data", "none"], code=3, files=MODEL, err=["none"]),
    Case("infer", "equal samples", INFER + ["--data", "in", "--samples", "2"], code=3, files=MODEL | PARTS, err=["temperature"]),
    Case("infer", "a shard that is none", INFER + ["--data", "in", "--shard", "2/2"], code=2, files=MODEL | PARTS, err=["2/2"]),
    Case("benchmark", "answers of files, best of two, one missing, one no program", ["benchmark", "--config", "b.yaml", "-o", "out"],
         files=TRUTHS | ANSWERS | {"b.yaml": bench("name: A, predictions: pred", candidates=2)}, out=["best .oracle.: 4 parts .* IR 50.00 %", "first: 4 parts"],
         makes={"out/report.md": "# Benchmark", "out/report.csv": "data,system", "out/report.tex": "%", "out/report.html": "<!doctype html>", "out/timing.md": "# What"},
         check=bench_rows(order=[("0", 0, "ok"), ("0", 1, "ok"), ("1", 0, "error"), ("2", 0, "error"), ("3", 0, "ok")],
                          figures={("0", 1): {"iou": 1.0, "iou_official": 1.0}, ("0", 0): {"iou": 1 / 4}, ("3", 0): {"iou": 1.0}})),
    Case("benchmark", "without a file", ["benchmark", "--data", "d=gt", "--predictions", "A=pred", "-o", "out", "--json"], files=TRUTHS | ANSWERS, out=['"system":"A"']),
    Case("benchmark", "a model and the searches", ["benchmark", "--config", "b.yaml", "-o", "out"], files=TRUTHS | MODEL | {"b.yaml": bench(
         "name: M, model: model, points: 32, max_new_tokens: 8", "fit: true", "reconstruct: true", protocol="[cadrecode, fixed-scale, opencadrecode]")},
         out=["d by M", "d by fit, the only one: 4 parts .* IR 0.00 %", "d by reconstruct, the only one: 4 parts .* mean IoU 100.00 %"], makes={"out/report.md": ".*"}),
    Case("benchmark", "OpenCADRecode's layout", ["benchmark", "--config", "b.yaml", "-o", "out", "--layout", "opencadrecode", "--no-pictures"],
         files=TRUTHS | ANSWERS | {"b.yaml": bench("name: A, predictions: pred", protocol="[cadrecode, opencadrecode]")},
         makes={"out/opencadrecode/benchmark_report.json": r"\{", "out/opencadrecode/results/A/detailed_metrics.json": r"\{",
                "out/opencadrecode/results/A/inference_results.json": ".*model_config", "out/opencadrecode/benchmark_report.md": "# Benchmark"}),
    Case("benchmark", "a folder of another configuration", ["benchmark", "--config", "b.yaml", "-o", "out"], code=3,
         files=TRUTHS | ANSWERS | {"b.yaml": bench("name: A, predictions: pred"), "out/settings.json": '{"data":{"d":{"parts":4,"sha256":"0","path":"gt"}},"systems":{},"metrics":{}}'},
         err=["other data 'd'", "another folder"]),
    Case("benchmark", "a wrong key has a place", ["benchmark", "--config", "b.yaml", "-o", "out"], code=3, files={"b.yaml": "data: [{path: gt}]\nsystem: []\n"},
         err=[r"b\.yaml:2:1", "did you mean 'systems'"]),
    Case("benchmark", "answers of other parts", ["benchmark", "--config", "b.yaml", "-o", "out"], code=3,
         files=TRUTHS | {"other/x.py": BOX, "b.yaml": bench("name: A, predictions: other")}, err=["nothing in 'other'", "e.g. '0'"]),
    Case("benchmark", "no data", ["benchmark", "--config", "b.yaml", "-o", "out"], code=3, files={"b.yaml": bench("fit: true")}, err=["'gt'", "cadrecode data"]),
    Case("benchmark", "nothing to do", ["benchmark", "-o", "out"], code=2, err=["--config"]),
    Case("benchmark", "report of a folder that is none", ["report", "none"], code=3, err=["none"]),
    Case("benchmark", "data: what is there", ["data", "."], files={"deepcad/a.stl": stl(box_triangles(0, 0, 0, 3, 2, 1))},
         out=["deepcad +not it .* 1 parts, .* 8046", "cc3d +missing .*https://", "0 of"]),
    Case("benchmark", "data as JSON", ["data", ".", "--json", "--quick"], out=['"name":"fusion360","status":"missing"', '"expected":1725']),
    Case("benchmark", "data: meshes in the unit cube", ["data", "gt", "--meshes", "unit"], files=TRUTHS, out=["4 meshes"], makes={"unit/0.stl": ".", "unit/3.stl": "."},
         check=lambda root, out, err: [] if max(struct.unpack_from("<9f", (root / "unit/3.stl").read_bytes(), 84 + 12)) <= 1.000001 else ["not in the unit cube"]),
    Case("benchmark", "data: sequences", ["data", "gt", "--meshes", "unit", "--archive", "deepcad"], code=1, files={"gt/p.json": SEQUENCE, "gt/q.json": "{"},
         out=["1 meshes"], err=["q: "], makes={"unit/p.stl": "."}),
    Case("usage", "version", ["--version"], out=[r"^cadrecode \d+\.\d+\.\d+"]),
    Case("usage", "help lists commands and exit codes", ["--help"], out=["reconstruct", "run", "doctor", "Exit codes"]),
    Case("usage", "help of run shows defaults", ["run", "--help"], out=[r"--cpu-seconds.*10", "--batch"]),
    Case("usage", "no command", [], code=2, err=["--help"]),
    Case("usage", "mistyped command", ["recnstruct", "a.stl"], code=2, err=["Did you mean 'reconstruct'"]),
    Case("usage", "mistyped option", ["run", "a.py", "--jsn"], code=2, err=["Did you mean '--json'"]),
    Case("usage", "programs and batch exclude each other", ["run", "a.py", "--batch", "b.jsonl"], code=2),
    Case("usage", "several programs, one output name", ["run", "a.py", "b.py", "-o", "x.stl"], code=2, err=["{id}"]),
    Case("usage", "doctor", ["doctor"], out=["CAD kernel", "isolated kernel +ok"]),
    Case("usage", "doctor as JSON", ["doctor", "--json"], check=one_row),

    Case("generate", "a small set, audited", ["generate", "-o", "set", "--count", "200", "--audit", "0.1", "--shard-rows", "80", "--json"],
         check=generated(200), makes={f"set/shard-0000{i}.jsonl.zst": "\\(\xb5/\xfd" for i in range(3)}),
    Case("generate", "knobs on the command line", ["generate", "-o", "set", "--count", "50", "--audit", "0", "circle=1", "--json"], check=generated(50)),
    Case("generate", "a knob there is not", ["generate", "-o", "set", "--count", "5", "circles=1"], code=3, err=["circles", "concentric"]),
    Case("generate", "a knob out of its range", ["generate", "-o", "set", "--count", "5", "circle=2"], code=3, err=["circle", "0 .* 1"]),
    Case("generate", "a shard that is none", ["generate", "-o", "set", "--count", "5", "--shard", "3/3"], code=3, err=["3/3"]),
    Case("stats", "two sets told apart", ["stats", "a.jsonl", "b.jsonl", "-o", "page.html", "--json"],
         files={"a.jsonl": rows(*[plate_program(i, 3) for i in range(30)]), "b.jsonl": rows(*[plate_program(i, 40) for i in range(30)])},
         check=told_apart, makes={"page.html": "<!doctype html>"}),
    Case("stats", "a set without programs of the dialect", ["stats", "a.jsonl"], files={"a.jsonl": rows(LOOP)}, code=3, err=["no program"]),
    Case("stats", "a line without code", ["stats", "a.jsonl"], files={"a.jsonl": '{"id": 1}\n'}, code=3, err=["code"]),

    Case("run", "facts for people", ["run", "a.py"], files={"a.py": BOX}, out=["valid solid", "volume 6", "faces 6"]),
    Case("run", "facts as JSON", ["run", "a.py", "--json"], files={"a.py": BOX},
         check=facts(id="a.py", status="ok", valid=True, volume=6.0, solids=1, faces=6, edges=12, vertices=8)),
    Case("run", "every output format", ["run", "a.py"] + [x for e in "step stl brep glb gltf 3mf svg npz".split() for x in ("-o", f"out/p.{e}")],
         files={"a.py": HOLE}, makes={"out/p.step": "ISO-10303-21;", "out/p.stl": ".{84}", "out/p.brep": ".*CASCADE|.*DBRep",
                                      "out/p.glb": "glTF", "out/p.gltf": r"\s*\{", "out/p.3mf": "PK", "out/p.npz": "PK", "out/p.svg": r"<\?xml|<svg"}),
    Case("run", "sample: B-rep grids", ["sample", "a.py", "--brep", "-o", "a.npz", "--json"], files={"a.py": HOLE}, makes={"a.npz": "PK"},
         out=[r'"faces":']),
    Case("run", "sample: B-rep grids of a mesh", ["sample", "a.stl", "--brep", "-o", "a.npz"], code=4, files={"a.stl": "solid a\nendsolid a\n"},
         err=["no faces and edges"]),
    Case("run", "sample: B-rep grids elsewhere than .npz", ["sample", "a.py", "--brep", "-o", "a.npy"], code=4, files={"a.py": BOX}, err=[r"\.npz"]),
    Case("run", "unknown output format", ["run", "a.py", "-o", "a.xyz"], code=4, files={"a.py": BOX}, err=[r"\.xyz"]),
    Case("run", "output names from stems", ["run", "a.py", "b.py", "-o", "{stem}.stl"], files={"a.py": BOX, "b.py": HOLE},
         makes={"a.stl": ".", "b.stl": "."}),
    Case("run", "missing file", ["run", "none.py"], code=3, err=["none.py", "No such file"]),
    Case("run", "syntax error has a place", ["run", "a.py"], code=3, files={"a.py": "import cadquery as cq\nr = cq.(\n"}, err=[r"a\.py:2:\d+: syntax error"]),
    Case("run", "unsupported is said so", ["run", "a.py"], code=4, files={"a.py": "import os\n"}, err=["unsupported", "os"]),
    Case("run", "endless loop meets a limit", ["run", "a.py", "--cpu-seconds", "1"], code=5, files={"a.py": LOOP}, err=["limit"]),
    Case("run", "no result", ["run", "a.py"], code=3, files={"a.py": "x = 1\n"}, err=["value error"]),
    Case("run", "batch goes on after errors", ["run", "--batch", "b.jsonl", "--json", "--cpu-seconds", "2"], code=1,
         files={"b.jsonl": rows(BOX, "r = (", LOOP, HOLE) + "not json\n" + '{"id": 7}\n\n' + rows(BOX)},
         check=statuses("ok", "error", "error", "ok", "error", "error", "ok")),
    Case("run", "batch from stdin", ["run", "--batch", "-", "--json"], stdin=rows(BOX, HOLE), check=statuses("ok", "ok")),
    Case("run", "batch outputs by id", ["run", "--batch", "-", "--json", "-o", "d/{id}.step"], stdin=rows(BOX, HOLE),
         makes={"d/p0.step": "ISO-10303-21;", "d/p1.step": "ISO-10303-21;"}),
    Case("run", "programs write no files", ["run", "a.py"], files={"a.py": BOX + "cq.exporters.export(r, 'stolen.stl')\n"},
         err=["stolen.stl", "-o"], check=lambda root, out, err: ["stolen.stl was written"] if (root / "stolen.stl").exists() else []),
    Case("run", "print goes to stderr, not into results", ["run", "a.py", "--json"], files={"a.py": BOX + "print('hello')\n"},
         check=lambda root, out, err: [] if json.loads(out)["log"] == "hello\n" else ["no log"]),

    Case("metric", "two programs without a kernel", ["metric", "--gt", "a.py", "--pred", "b.py", "--json"], files={"a.py": sheet(2, 1, 1), "b.py": sheet(2, 1, 0.5)},
         check=metric_rows({"by": "prism", "valid": True, "iou": 0.5, "iou_official": None, "acc_cmd": 1.0})),
    Case("metric", "the same from meshes", ["metric", "--gt", "a.py", "--pred", "b.py", "--json", "--by", "mesh"], files={"a.py": sheet(2, 1, 1), "b.py": sheet(2, 1, 0.5)},
         check=metric_rows({"by": "mesh", "valid": True, "iou": 0.5, "iou_official": 0.5})),
    Case("metric", "the official IoU beside prism's", ["metric", "--gt", "a.py", "--pred", "b.py", "--json", "--iou-official"],
         files={"a.py": sheet(2, 1, 1), "b.py": sheet(2, 1, 0.5)}, check=metric_rows({"by": "prism", "iou": 0.5, "iou_official": 0.5})),
    Case("metric", "peers' distances of parts", ["metric", "--gt", "a.py", "--pred", "a.py", "--json", "--protocol", "opencadrecode", "--no-emd"],
         files={"a.py": sheet(2, 1, 1)}, check=metric_rows({"by": "prism", "iou": 1.0, "earth_mover_distance": None})),
    Case("metric", "a mesh against a program", ["metric", "--gt", "a.stl", "--pred", "b.py", "--json"],
         files={"a.stl": stl(box_triangles(0, 0, 0, 2, 1, 1)), "b.py": sheet(2, 1, 1)}, check=metric_rows({"by": "mesh", "iou": 1.0, "acc_cmd": None})),
    Case("metric", "beyond sketch and extrude", ["metric", "--gt", "a.py", "--pred", "a.py", "--json"], files={"a.py": BALL},
         check=metric_rows({"by": "mesh", "iou": 1.0, "acc_param": None})),
    Case("metric", "prism only", ["metric", "--gt", "a.py", "--pred", "a.py", "--json", "--by", "prism"], code=4, files={"a.py": BALL}, err=["sphere"]),
    Case("metric", "a batch: each row for itself", ["metric", "--pairs", "p.jsonl", "--json", "--threads", "2"], code=1,
         files={"a.py": sheet(2, 1, 1), "p.jsonl": pairs({"id": "1", "gt": "a.py", "pred": "a.py"}, {"id": "2", "gt_code": sheet(2, 1, 1), "pred_code": sheet(2, 1, 0.5)},
                {"id": "3", "gt": "a.py", "pred": None}, {"id": "4", "gt": "a.py", "pred_code": "r = ("}, {"id": "5", "gt": "none.stl", "pred": "a.py"},
                {"id": "6", "gt": "a.py", "pred_code": OPEN_LOOP}, {"id": "7", "gt": "a.py", "pred_code": BALL})},
         check=metric_rows({"id": "1", "iou": 1.0}, {"id": "2", "iou": 0.5}, {"status": "error", "cd": None}, {"status": "error"}, {"status": "error"},
                           {"id": "6", "by": "mesh", "valid": False}, {"by": "mesh", "valid": True}), err=["6 parts", "IR 33.33"]),
    Case("metric", "a row that is no pair", ["metric", "--pairs", "p.jsonl", "--json"], code=3, files={"p.jsonl": pairs({"id": "1", "pred": "a.py"})}, err=["p.jsonl:1"]),
    Case("metric", "a truth that is not there", ["metric", "--gt", "none.py", "--pred", "a.py"], code=3, files={"a.py": BOX}, err=["none.py"]),

    Case("ask", "facts", ["ask", "a.py"], files={"a.py": HOLE}, out=["40 × 30 × 10 mm", "plain hole ⌀12 through, depth 10", "g in steel"]),
    Case("ask", "facts as JSON", ["ask", "a.py", "--json"], files={"a.py": HOLE}, check=lambda root, out, err: [] if json.loads(out)["counts"]["features"]["hole"] == 1 else [out]),
    Case("ask", "a question", ["ask", "a.py", "How many through holes are there?"], files={"a.py": HOLE}, out=["1"], err=["understood: count of through holes"]),
    Case("ask", "an answer as JSON", ["ask", "a.py", "diameter of the hole", "--json"], files={"a.py": HOLE},
         check=lambda root, out, err: [] if (json.loads(out)["answer"], json.loads(out)["unit"]) == (12, "mm") else [out]),
    Case("ask", "a mass", ["ask", "a.py", "mass in steel"], files={"a.py": BOX}, out=["0.0471 g"]),
    Case("ask", "a word it does not know", ["ask", "a.py", "how wide is the gear"], code=4, files={"a.py": HOLE}, err=["the word 'gear' is not known", "Ask for how many"]),
    Case("ask", "nothing of the kind", ["ask", "a.py", "diameter of the dimples"], code=3, files={"a.py": HOLE}, err=["nothing of the part matches"]),
    Case("ask", "a mesh", ["ask", "a.stl", "How many flat faces are there?"], files={"a.stl": PLATE}),
    Case("ask", "a program that fails", ["ask", "f.py"], code=3, files={"f.py": "r = ("}, err=["f.py:1:"]),
    Case("ask", "a missing file", ["ask", "none.step"], code=3, err=["none.step"]),
    Case("ask", "nothing to ask of", ["ask"], code=2, err=["FILE or --benchmark"]),
    Case("ask", "no questions", ["ask", "--benchmark", "empty"], code=3, err=["holds no questions"]),
    Case("parametrize", "program on stdout", ["parametrize", "plate.py"], files={"plate.py": NAMED},
         out=["def plate\\(", "plate_length=60,", "hole_diameter=8,", r"result = plate\(\)"]),
    Case("parametrize", "all formats", ["parametrize", "plate.py", "-o", "o/a.py", "-o", "o/a.ipynb", "-o", "o/a.html", "-o", "o/a.json", "--units", "mm"],
         files={"plate.py": NAMED}, out=["dimensions for", "wrote +o/a.html"],
         makes={"o/a.py": "# plate: ", "o/a.ipynb": r'\{\n "cells"', "o/a.html": "<!doctype html>", "o/a.json": r'\{\n "name": "plate",\n "unit": "mm"'}),
    Case("parametrize", "a value moved", ["parametrize", "plate.py", "--set", "plate_length=70", "--json"], files={"plate.py": NAMED},
         out=[r'"volume":1649[78]\.', r'plate_length=70,']),
    Case("parametrize", "a value that breaks it says why", ["parametrize", "plate.py", "--set", "hole_diameter=50"], code=3, files={"plate.py": NAMED},
         err=["the part would break: the outlines of plate would cross"]),
    Case("parametrize", "a name that is none", ["parametrize", "plate.py", "--set", "plate_lenght=50"], code=3, files={"plate.py": NAMED},
         err=["did you mean 'plate_length'"]),
    Case("parametrize", "no number", ["parametrize", "plate.py", "--set", "plate_length=x"], code=3, files={"plate.py": NAMED}, err=["NAME=NUMBER"]),
    Case("parametrize", "a mesh", ["parametrize", "a.stl"], code=4, files={"a.stl": PLATE}, err=["cadrecode reconstruct a.stl"]),
    Case("parametrize", "beyond sketches and extrusions", ["parametrize", "f.py"], code=4,
         files={"f.py": "import cadquery as cq\nr=cq.Workplane().box(1,2,3).edges().fillet(.1)\n"}, err=["f.py:2:"]),
    Case("parametrize", "no program", ["parametrize", "f.py"], code=3, files={"f.py": "r = ("}, err=["f.py:1:"]),
    Case("parametrize", "another ending", ["parametrize", "plate.py", "-o", "a.txt"], code=3, files={"plate.py": NAMED}, err=[".ipynb"]),
    Case("parametrize", "rows, a bad one costs itself", ["parametrize", "--batch", "-", "--json"], code=1, stdin=rows(NAMED, "r = (") + "junk\n",
         out=['"id":"p0","status":"ok"', '"id":"p1","status":"error"', '"id":"line 3","status":"error"']),
    Case("parametrize", "nothing to do", ["parametrize"], code=2, err=["PROGRAM.py"]),
    Case("reconstruct", "what a person wants", ["reconstruct", "plate.stl", "-o", "out"], files={"plate.stl": PLATE},
         makes={"out/plate.py": "# plate: ", "out/plate.svg": "<.xml", "out/plate.html": "<!doctype html>", "out/plate.sliders.html": "<!doctype html>",
                "out/plate.step": "ISO-10303-21;.*FILE_NAME..plate"}),
    Case("reconstruct", "the dialect, no pages", ["reconstruct", "plate.stl", "-o", "out", "--program", "v15", "--no-pages"], files={"plate.stl": PLATE},
         makes={"out/plate.py": "import cadquery as cq\nw0="}, check=lambda root, out, err: ["pages"] if list(root.rglob("*.html")) else []),
    Case("reconstruct", "a folder has a table and a page", ["reconstruct", "in", "-o", "out"], code=1, files={"in/plate.stl": PLATE, "in/bad.stl": "junk"},
         makes={"out/results.csv": "input,verdict,.*in/bad.stl,error", "out/index.html": "<!doctype html>"}),
    Case("reconstruct", "a box", ["reconstruct", "box.stl", "-o", "out", "--json"], files={"box.stl": stl(box_triangles(0, 0, 0, 30, 20, 10))},
         makes={"out/box.py": ".*import cadquery", "out/box.step": "ISO-10303-21;", "out/box.stl": ".", "out/box.json": r"\{", "out/box.png": "\x89PNG"},
         check=reconstructs(6000, 1e-3)),
    Case("reconstruct", "a plate with a hole", ["reconstruct", "plate.stl", "-o", "out", "--json"], files={"plate.stl": PLATE}, check=reconstructs(0, 0.01)),
    Case("reconstruct", "for people", ["reconstruct", "plate.stl"], files={"plate.stl": PLATE}, out=["deviation", r"wrote +.*plate\.step"]),
    Case("reconstruct", "missing input", ["reconstruct", "none.stl"], code=3, err=["none.stl"]),
    Case("reconstruct", "empty file", ["reconstruct", "e.stl"], code=3, files={"e.stl": ""}, err=["e.stl"]),
    Case("reconstruct", "cut file", ["reconstruct", "c.stl"], code=3, files={"c.stl": PLATE[:1000]}, err=["c.stl"]),
    Case("reconstruct", "unknown format", ["reconstruct", "a.doc"], code=4, files={"a.doc": "hello"}, err=[r"\.doc"]),
    Case("reconstruct", "a folder, one damaged file costs itself only", ["reconstruct", "in", "-o", "out", "--json"], code=1,
         files={"in/a.stl": PLATE, "in/b.stl": PLATE[:500], "in/c.stl": stl(box_triangles(-1, -1, -1, 1, 1, 1)), "in/notes.md": "x"},
         makes={"out/a.py": ".", "out/c.py": "."}, check=statuses("ok", "error", "ok")),

    Case("data", "a DeepCAD folder, one damaged file costs itself only", ["convert", "deepcad", "in", "-o", "out", "--json"], code=1,
         files={"in/a/p.json": SEQUENCE, "in/b/q.json": SEQUENCE[:400]},
         makes={"out/shard-00000.jsonl.zst": r"\x28\xb5\x2f\xfd", "out/failures.jsonl": r'\{"index":1,"id":"q","file":"b/q.json","error":\{"kind":"input"'},
         out=['"count":1,"failed":1']),
    Case("data", "held against an original", ["convert", "deepcad", "in", "-o", "out", "--json", "--original", "stl/{id}.stl", "--min-iou", "0.99"],
         files={"in/p.json": SEQUENCE, "stl/p.stl": stl(box_triangles(0, 0, 0, 20, 10, 4))},
         makes={"out/checks.jsonl": r'\{"index":0,"id":"p","valid":true,"iou":(1\.0|0\.999)'}),
    Case("data", "unlike its original", ["convert", "deepcad", "in", "-o", "out", "--original", "stl/{id}.stl", "--min-iou", "0.99"], code=1,
         files={"in/p.json": SEQUENCE, "stl/p.stl": stl(box_triangles(0, 0, 0, 20, 10, 9))},
         makes={"out/failures.jsonl": ".*overlaps its original"}),
    Case("data", "programs of any kind, without the double", ["convert", "cadrecode", "in", "-o", "out", "--drop-duplicates", "--json"],
         files={"in/a.py": BOX, "in/b.py": "# the same\n" + BOX, "in/c.py": "import cadquery as cq\nr=cq.Workplane().sphere(3)"},
         out=['"count":2,"failed":0,"duplicates":1'], makes={"out/failures.jsonl": '.*"duplicate_of":"a"'}),
    Case("data", "no shards to write out", ["convert", "folder", "none", "-o", "out"], code=3, err=["none"]),
    Case("data", "nothing to convert", ["convert", "deepcad", ".", "-o", "out"], code=3, err=[r"\*\.json"]),
    Case("data", "an index with caches", ["index", ".", "--splits", "val", "--caches", "--json"], code=1,
         files={"val/a.py": BOX, "val/b.py": "r=(", "val/c.py": "import cadquery as cq\nr=cq.Workplane().sphere(3)"},
         out=['"count":2', '"made":2,"remade":0,"failed":1'], err=["b: "],
         makes={"val/val_index.json": ".*sample_id", "index.json": ".*relative_path", "val/error_samples.json": '.*"b"',
                "val/point_cloud_cache/c.npy": "\x93NUMPY"}),
    Case("data", "no such split", ["index", "."], code=3, err=["train", "none of the splits"]),
]
