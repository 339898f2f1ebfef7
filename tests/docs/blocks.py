#!/usr/bin/env python3
"""blocks.py BUILD [PAGE…]: executes every code block of README.md and docs/.

A page is a session: its blocks run in order, in one empty folder, its Python blocks in one interpreter.
Every fence names its language; `text` is no code, every other block is run, or says why not. Comments
on the lines before a fence tell the runner more:

    <!-- setup: COMMAND -->      run before, unseen by readers (anywhere in the page)
    <!-- not run: REASON -->     in words; counted and listed
    <!-- needs: training -->     cadrecode-train in the build; else skipped, and said so
    <!-- file: NAME -->          the block is a file, used by what follows
    <!-- says: TEXT -->          what the block prints contains TEXT
    <!-- exits: N -->            with this code
    <!-- output -->              of a text block: what the block before printed, digits aside

sh and python blocks run as they stand, `cadrecode` being the build's. Python blocks need the module:
CADRECODE_PYTHON names a Python that has it, otherwise they are skipped, and said so.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIMIT = 300  # seconds a block
KNOWN = {"setup", "not run", "needs", "file", "says", "exits", "output"}

# The interpreter of a page: a request a line, an answer a line.
SERVER = r"""
import contextlib, io, json, sys, traceback
scope = {"__name__": "__main__"}
for line in sys.stdin:
    printed, status = io.StringIO(), 0
    with contextlib.redirect_stdout(printed):
        try:
            exec(compile(json.loads(line), "block", "exec"), scope)
        except BaseException:
            traceback.print_exc(file=printed)
            status = 1
    sys.__stdout__.write(json.dumps([status, printed.getvalue()]) + "\n")
    sys.__stdout__.flush()
"""


class Block:
    def __init__(self, line, language, text, marks):
        self.line, self.language, self.text, self.marks = line, language, text, marks


def blocks_of(path):
    """The blocks of a page, with the comments before each; problems with the page itself."""
    blocks, marks, problems, lines = [], {}, [], path.read_text().splitlines()
    i = 0
    while i < len(lines):
        line = lines[i]
        found = re.fullmatch(r"\s*<!-- ([a-z ]+?)(?:: (.*?))? -->\s*", line)
        if found:
            key, value = found.group(1), found.group(2) or ""
            if key not in KNOWN:
                problems.append(f"{path.name}:{i + 1}: a comment the test does not know: {key}")
            marks.setdefault(key, []).append(value)
        elif line.strip().startswith("```"):
            language, start, body = line.strip()[3:].strip(), i + 1, []
            i += 1
            while i < len(lines) and not lines[i].strip().startswith("```"):
                body.append(lines[i])
                i += 1
            blocks.append(Block(start, language, "\n".join(body) + "\n", marks))
            marks = {}
        elif line.startswith("    ") and i and not lines[i - 1].strip():
            problems.append(f"{path.name}:{i + 1}: an indented block; use a fence, so that it is run")
        elif line.strip() and set(marks) - {"setup"}:
            problems.append(f"{path.name}:{i + 1}: {', '.join(set(marks) - {'setup'})} without a block behind it")
            marks = {}
        i += 1
    return blocks, problems


class Session:
    def __init__(self, page, build, folder):
        self.page, self.folder, self.python, self.last = page, folder, None, ""
        (folder / "bin").mkdir()
        for name in ("cadrecode", "cadrecode-train"):
            if (build / "bin" / name).exists():
                (folder / "bin" / name).symlink_to(build / "bin" / name)
        work = folder / "work"
        work.mkdir()
        self.work = work
        self.trains = (folder / "bin/cadrecode-train").exists()
        self.environment = dict(os.environ, PATH=f"{folder}/bin:{os.environ['PATH']}", PROJECT=str(ROOT), BUILD=str(build),
                                HOME=str(folder), OPENBLAS_NUM_THREADS="1", CADRECODE_PROGRAM=str(build / "bin/cadrecode"))

    def shell(self, text):
        done = subprocess.run(["bash", "-e", "-o", "pipefail", "-c", text], cwd=self.work, env=self.environment,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=LIMIT)
        return done.returncode, done.stdout

    def run_python(self, text):
        if self.python is None:
            self.python = subprocess.Popen([os.environ["CADRECODE_PYTHON"], "-c", SERVER], cwd=self.work, env=self.environment,
                                           stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.python.stdin.write(json.dumps(text) + "\n")
        self.python.stdin.flush()
        line = self.python.stdout.readline()
        return json.loads(line) if line else (1, "the interpreter ended")

    def close(self):
        if self.python:
            self.python.stdin.close()
            self.python.wait(timeout=60)

    def run(self, block):
        """('ok' | 'not run' | 'skip' | 'file' | 'text' | 'FAIL', words)"""
        marks = block.marks
        for command in marks.get("setup", []):
            try:
                status, said = self.shell(command)
            except subprocess.TimeoutExpired:
                status, said = 1, f"over {LIMIT} s"
            if status:
                return "FAIL", f"setup: {command}\n{said}"
        if "not run" in marks:
            reason = marks["not run"][0]
            return ("not run", reason) if len(reason.split()) >= 3 else ("FAIL", "a reason has at least three words")
        if "file" in marks:
            path = self.work / marks["file"][0]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text)
            return "file", marks["file"][0]
        if block.language == "text":
            return self.compare(block) if "output" in marks else ("text", "")
        if "training" in marks.get("needs", []) and not self.trains:
            return "skip", "this build has no cadrecode-train"
        if block.language == "python" and not os.environ.get("CADRECODE_PYTHON"):
            return "skip", "CADRECODE_PYTHON names no Python with the module"
        if block.language not in ("sh", "python"):
            return "FAIL", f"a block of '{block.language}' is neither run nor says why"
        return self.execute(block)

    def execute(self, block):
        try:
            status, said = self.shell(block.text) if block.language == "sh" else self.run_python(block.text)
        except subprocess.TimeoutExpired:
            return "FAIL", f"over {LIMIT} s"
        self.last = said
        wanted = int(block.marks.get("exits", ["0"])[0])
        if status != wanted:
            return "FAIL", f"exit code {status}, not {wanted}\n{said[-2000:]}"
        for text in block.marks.get("says", []):
            if text not in said:
                return "FAIL", f"does not say '{text}' but\n{said[-2000:]}"
        return "ok", ""

    def compare(self, block):
        """Every line of a text block was printed, numbers and times aside; ... stands for anything."""
        def plain(text):
            return re.sub(r"\s+", " ", re.sub(r"-?\d[\d.]*(e[-+]?\d+)?", "#", text)).strip()
        printed = {plain(line) for line in self.last.splitlines()}
        if not self.last:
            return "skip", "the block before did not run"
        missing = [line for line in block.text.splitlines()
                   if line.strip() and line.strip() != "..." and plain(line) not in printed]
        return ("ok", "") if not missing else ("FAIL", "not printed:\n" + "\n".join(missing) + "\nbut\n" + self.last[-2000:])


def run_page(path, build, totals):
    blocks, problems = blocks_of(path)
    for problem in problems:
        print("FAIL  " + problem)
    totals["FAIL"] += len(problems)
    if not blocks:
        return
    with tempfile.TemporaryDirectory() as folder:
        session = Session(path, build, pathlib.Path(folder))
        try:
            for block in blocks:
                start = time.monotonic()
                verdict, words = session.run(block)
                totals[verdict] += 1
                if verdict != "text":
                    place = f"{path.relative_to(ROOT)}:{block.line}"
                    print(f"{verdict:<8}{place} ({block.language}, {time.monotonic() - start:.1f} s) {words}", flush=True)
                if verdict == "FAIL":
                    break  # what follows builds on it
        finally:
            session.close()


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    pages = [pathlib.Path(p).resolve() for p in sys.argv[2:]] or [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    totals = dict.fromkeys(["ok", "file", "text", "not run", "skip", "FAIL"], 0)
    for page in pages:
        run_page(page, build, totals)
    print(", ".join(f"{n} {what}" for what, n in totals.items()))
    if totals["ok"] == 0 and not totals["FAIL"]:
        sys.exit(77)
    sys.exit(1 if totals["FAIL"] else 0)


if __name__ == "__main__":
    main()
