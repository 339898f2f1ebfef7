"""The program `cadrecode`, which holds the CAD kernel: found, started, spoken to.

Programs nobody has read run in its workers, never in this process: they may crash, hang
or eat memory and cost only their own answer.
"""

from __future__ import annotations

import atexit
import json
import os
import pathlib
import shutil
import subprocess
import threading
from typing import Any, Iterable, Iterator, Optional

from .errors import Error


def path() -> str:
    """The executable: CADRECODE_PROGRAM, the one in this package, the one on PATH."""
    named = os.environ.get("CADRECODE_PROGRAM")
    if named:
        return named
    packaged = pathlib.Path(__file__).parent / "bin" / "cadrecode"
    if packaged.exists():
        return str(packaged)
    found = shutil.which("cadrecode")
    if found and not _is_script(found):
        return found
    raise Error("input", "the program cadrecode was not found; set CADRECODE_PROGRAM to its path")


def _is_script(name: str) -> bool:
    # The wheel's own command of that name starts this very function again.
    with open(name, "rb") as file:
        return file.read(2) == b"#!"


def call(arguments: list[str], accept: tuple[int, ...] = (0,)) -> str:
    """Runs one command to its end; its stdout. Ctrl-C stops the command, then this."""
    process = subprocess.Popen([path(), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
    try:
        out, err = process.communicate()
    except BaseException:
        process.terminate()
        process.wait()
        raise
    if process.returncode not in accept:
        lines = [line for line in err.strip().splitlines() if line]
        raise Error(_KINDS.get(process.returncode, "internal"),
                    lines[-1].removeprefix("cadrecode: ") if lines else f"exit code {process.returncode}")
    return out


_KINDS = {1: "input", 2: "value", 3: "input", 4: "unsupported", 5: "limit"}


class Runner:
    """A `cadrecode run` that is kept, one program a line in, one answer a line out."""

    def __init__(self, cpu_seconds: float = 10, memory_mb: int = 4096) -> None:
        self._arguments = ["run", "--batch", "-", "--json", "--jobs", "1",
                           "--cpu-seconds", str(cpu_seconds), "--memory", str(memory_mb)]
        self._lock = threading.Lock()
        self._process: Optional[subprocess.Popen[str]] = None

    def _alive(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen([path(), *self._arguments], stdin=subprocess.PIPE,
                                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        return self._process

    def ask(self, row: dict[str, Any]) -> dict[str, Any]:
        with self._lock:
            process = self._alive()
            assert process.stdin and process.stdout
            try:
                process.stdin.write(json.dumps(row) + "\n")
                process.stdin.flush()
                line = process.stdout.readline()
            except BaseException as error:
                # What was asked is still being answered: a new process, lest answers shift.
                self.close()
                if isinstance(error, BrokenPipeError):
                    line = ""
                else:
                    raise
            if not line:
                self.close()
                raise Error("internal", "the program cadrecode ended unexpectedly")
            answer: dict[str, Any] = json.loads(line)
            return answer

    def close(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                try:
                    stream.close()
                except OSError:
                    pass


_shared = Runner()
atexit.register(_shared.close)
os.register_at_fork(after_in_child=lambda: _forget())


def _forget() -> None:
    # A forked child must not speak into its parent's pipes.
    global _shared
    _shared = Runner()


def shared() -> Runner:
    return _shared


def stream(rows: Iterable[dict[str, Any]], jobs: int, cpu_seconds: float, memory_mb: int) -> Iterator[dict[str, Any]]:
    """Answers in the order of the rows; at most a few are in memory."""
    process = subprocess.Popen(
        [path(), "run", "--batch", "-", "--json", "--jobs", str(jobs), "--cpu-seconds", str(cpu_seconds),
         "--memory", str(memory_mb)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    failure: list[BaseException] = []

    def feed() -> None:
        assert process.stdin
        try:
            for row in rows:
                process.stdin.write(json.dumps(row) + "\n")
        except BrokenPipeError:
            pass
        except BaseException as error:  # of the caller's iterable: raised where it is read
            failure.append(error)
        finally:
            try:
                process.stdin.close()
            except BrokenPipeError:
                pass

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    try:
        assert process.stdout
        for line in process.stdout:
            yield json.loads(line)
        feeder.join()
        if failure:
            raise failure[0]
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """The command `cadrecode` of an installed wheel."""
    import sys

    os.execv(path(), [path(), *sys.argv[1:]])
