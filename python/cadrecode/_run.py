"""Programs executed: `run`, `run_many`."""

from __future__ import annotations

import dataclasses
import os
import pathlib
import tempfile
from typing import Any, Iterable, Iterator, Optional, Sequence, Union

from . import _program
from .errors import Error

Triple = tuple[float, float, float]


@dataclasses.dataclass(frozen=True)
class Facts:
    """What the kernel measured on the result; lengths in program units."""

    valid: bool
    volume: float
    area: float
    bbox: tuple[Triple, Triple]
    center: Triple
    solids: int
    faces: int
    edges: int
    vertices: int
    seconds: float
    log: str = ""


def _facts(row: dict[str, Any]) -> Facts:
    if row["status"] != "ok":
        error = row.get("error", {})
        raise Error(error.get("kind", "internal"), error.get("message", "no answer"),
                    error.get("line") or 0, error.get("column") or 0)
    low, high = row["bbox"]
    return Facts(row["valid"], row["volume"], row["area"], (tuple(low), tuple(high)), tuple(row["center"]),
                 row["solids"], row["faces"], row["edges"], row["vertices"], row["seconds"], row.get("log", ""))


def run(code: str, outputs: Union[str, os.PathLike[str], Sequence[Union[str, os.PathLike[str]]]] = ()) -> Facts:
    """Executes a CadQuery program in an isolated worker; writes `outputs` (.step .stl .glb …).

    Raises Error with the line and column of what went wrong.
    """
    if not outputs:
        return _facts(_program.shared().ask({"id": "program", "code": code}))
    names = [outputs] if isinstance(outputs, (str, os.PathLike)) else list(outputs)
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / "program.py"
        program.write_text(code, encoding="utf-8")
        arguments = ["run", str(program), "--json"]
        for name in names:
            arguments += ["-o", os.fspath(name)]
        import json

        return _facts(json.loads(_program.call(arguments, accept=(0, 1)).splitlines()[0]))


def run_many(codes: Iterable[str], jobs: Optional[int] = None, cpu_seconds: float = 10,
             memory_mb: int = 4096) -> Iterator[Union[Facts, Error]]:
    """`run` of each, on `jobs` workers, answers in order; an Error stands where a program failed."""
    rows = ({"id": str(i), "code": code} for i, code in enumerate(codes))
    for row in _program.stream(rows, jobs or os.cpu_count() or 1, cpu_seconds, memory_mb):
        try:
            yield _facts(row)
        except Error as error:
            yield error
