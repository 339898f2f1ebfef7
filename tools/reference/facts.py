#!/usr/bin/env python3
"""Facts of CadQuery programs, measured with the real package.

The rows have the keys that `cadrecode run --json` prints:

    id status volume area bbox center solids faces edges vertices valid seconds
    error {kind message line}

What a fact means (this is the definition both sides follow):

* The result is the variable `r`, else `result`, `solid`, `shape`, `model`,
  `part`, else what `show_object` was given, else the Workplane, Shape, Sketch
  or Assembly assigned last at module level. All shapes on a Workplane's stack
  count; more than one become a compound, one stays what it is. A Sketch gives
  its faces. Nothing, or only empty shapes, is an error of kind `value`.
* `solids faces edges vertices`: different subshapes (same geometry and place
  counted once, whatever the orientation).
* `volume`: summed solid by solid, 0 where there are none (one integral over several
  solids, as Compound.Volume() does it, is up to 2e-5 less exact and counts loose
  faces). `area`: of all faces.
* `center`: as Shape.Center(): centre of mass in the dimension of the shape (of a
  compound: of its first part); of loose vertices the middle of their box.
* `bbox`: optimal box with tolerances, as Shape.BoundingBox() gives it of a shape
  that nobody has meshed yet.
* `valid`: BRepCheck of the whole result.

Every program runs in a child forked before OCCT did any work (a process that
ran booleans cannot fork), with a CPU limit and a memory rail.

    python tools/reference/facts.py part.py other.py
    python tools/reference/facts.py --batch programs.jsonl > facts.jsonl
"""

import argparse
import json
import math
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback

CPU_SECONDS = 10
WALL_SECONDS = 600
MEMORY_BYTES = 6 << 30
FILE_NAME = "<program>"
RESULT_NAMES = ("r", "result", "solid", "shape", "model", "part")
COUNTED = (("solids", "Solids"), ("faces", "Faces"), ("edges", "Edges"), ("vertices", "Vertices"))


def load_cadquery():
    """Imports everything a program may need, so that children only fork."""
    import cadquery
    import cadquery.func
    import cadquery.selectors
    from OCP.Standard import Standard_Failure

    return cadquery, Standard_Failure


class Names(dict):
    """A module namespace that remembers which name was assigned last."""

    def __init__(self):
        super().__init__()
        self.order = []
        self.shown = []
        super().__setitem__("__name__", "__main__")
        super().__setitem__("show_object", self._show)
        super().__setitem__("debug", lambda *args, **kwargs: None)

    def _show(self, value, *args, **kwargs):
        self.shown.append(value)

    def __setitem__(self, name, value):
        super().__setitem__(name, value)
        self.order.append(name)


def shapes_of(value):
    """All shapes a value stands for, or None if it is no result at all."""
    import cadquery as cq

    if isinstance(value, cq.Workplane):
        shapes = []
        for entry in value.vals():
            shapes += shapes_of(entry) or []
        return shapes
    if isinstance(value, cq.Shape):
        return [value]
    if isinstance(value, cq.Sketch):
        return list(value)  # its faces at its places; edges where it has no face
    if isinstance(value, cq.Assembly):
        return [value.toCompound()]
    return None


def result_of(names):
    """The result's shapes, by the rule at the top of this file."""
    for name in RESULT_NAMES:
        shapes = shapes_of(names.get(name))
        if shapes is not None:
            return shapes
    shown = [s for value in names.shown for s in (shapes_of(value) or [])]
    if shown:
        return shown
    for name in reversed(names.order):
        shapes = shapes_of(names.get(name))
        if shapes is not None:
            return shapes
    return None


def center_of(shape):
    """Centre as Shape.Center() gives it; of loose vertices, that of their box."""
    try:
        return list(shape.Center().toTuple())
    except TypeError:  # CadQuery has no measure for a compound of vertices
        return list(shape.BoundingBox().center.toTuple())


def finite(value):
    """Numbers that are missing are null, never NaN."""
    if isinstance(value, list):
        return [finite(v) for v in value]
    return value if math.isfinite(value) else None


def measure(shapes):
    """Facts of a list of shapes (at least one)."""
    import cadquery as cq

    from OCP.BRepTools import BRepTools

    shape = shapes[0] if len(shapes) == 1 else cq.Compound.makeCompound(shapes)
    BRepTools.Clean_s(shape.wrapped)  # a mesh left by an export or a display would change the box
    box = shape.BoundingBox()
    facts = {
        "valid": shape.isValid(),
        "volume": finite(sum(solid.Volume() for solid in shape.Solids())),
        "area": finite(shape.Area()),
        "bbox": finite([[box.xmin, box.ymin, box.zmin], [box.xmax, box.ymax, box.zmax]]),
        "center": finite(center_of(shape)),
    }
    for key, method in COUNTED:
        facts[key] = len(getattr(shape, method)())
    return facts


def kind_of(error, failure):
    """Our error kind for an exception of Python, CadQuery or OCP."""
    if isinstance(error, SyntaxError):
        return "syntax"
    if isinstance(error, (MemoryError, RecursionError)):
        return "limit"
    if isinstance(error, failure) or type(error).__module__.startswith("OCP"):
        return "geometry"
    if "Null TopoDS_Shape" in str(error):  # CadQuery's word for "the kernel gave nothing"
        return "geometry"
    return "value"


def line_of(error):
    """Line of the program that was running, 0 if none was."""
    if isinstance(error, SyntaxError):
        return error.lineno or 0
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == FILE_NAME]
    return lines[-1] if lines else 0


def error_row(kind, message, line=0):
    return {"status": "error", "error": {"kind": kind, "message": message, "line": line}}


def execute(code, failure):
    """Facts row (without id) of one program; runs in the calling process."""
    names = Names()
    start = time.perf_counter()
    try:
        exec(compile(code, FILE_NAME, "exec"), names)
        shapes = [s for s in result_of(names) or [] if s.Vertices()]  # all cut away is no shape
        if not shapes:
            return error_row("value", "the program leaves no shape as its result")
        facts = measure(shapes)
    except BaseException as error:  # programs may raise anything
        return error_row(kind_of(error, failure), f"{type(error).__name__}: {error}", line_of(error))
    return {"status": "ok", **facts, "seconds": time.perf_counter() - start}


def limit_resources(cpu_seconds):
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def child(code, failure, pipe, cpu_seconds):
    """Runs one program in a scratch folder and writes its row to the pipe."""
    folder = tempfile.mkdtemp(prefix="cadrecode-reference-")
    os.chdir(folder)
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    limit_resources(cpu_seconds)
    row = execute(code, failure)
    os.chdir("/")
    shutil.rmtree(folder, ignore_errors=True)
    with os.fdopen(pipe, "w") as out:
        json.dump(row, out)


def run_isolated(code, failure, cpu_seconds=CPU_SECONDS):
    """Facts row (without id) of one program, in a child of its own."""
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read_end)
        try:
            child(code, failure, write_end, cpu_seconds)
        finally:
            os._exit(0)
    os.close(write_end)
    signal.signal(signal.SIGALRM, lambda *_: os.kill(pid, signal.SIGKILL))
    signal.alarm(WALL_SECONDS)
    with os.fdopen(read_end) as pipe:
        text = pipe.read()
    _, status = os.waitpid(pid, 0)
    signal.alarm(0)
    if text:
        return json.loads(text)
    name = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else f"exit {status}"
    kind = "limit" if name in ("SIGXCPU", "SIGKILL", "SIGALRM") else "geometry"
    return error_row(kind, f"the process ended with {name}")


def read_rows(arguments):
    """(id, code) of every program asked for."""
    if arguments.batch:
        with open(arguments.batch) as lines:
            for line in lines:
                row = json.loads(line)
                yield row["id"], row["code"]
    for path in arguments.programs:
        with open(path) as file:
            yield os.path.splitext(os.path.basename(path))[0], file.read()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("programs", nargs="*")
    parser.add_argument("--batch", help="JSON Lines with id and code")
    parser.add_argument("--cpu", type=int, default=CPU_SECONDS, help="seconds of CPU per program")
    arguments = parser.parse_args()
    _, failure = load_cadquery()
    for identifier, code in read_rows(arguments):
        row = run_isolated(code, failure, arguments.cpu)
        print(json.dumps({"id": identifier, **row}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
