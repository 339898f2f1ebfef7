#!/usr/bin/env python3
"""faults.py BINARY [--kills N] [--only COMMAND] [--table]: every long command, disturbed in every way.

Each command is run whole once; then again into a fresh folder under each fault, and
once more, undisturbed, where the fault left it. Nothing may be lost, doubled or
wrong: the folder must then equal the first one's, times (and index.html, which shows them) aside.

    killed      SIGKILL to the command and all its workers, N times at random moments
    stopped     SIGINT: exit code 130 and a sentence, not a stack
    full disk   a file system of its own without room (needs root)
    read-only   the same, mounted read-only (needs root)
    together    two at once on one folder
    empty file  a file of 0 bytes among the inputs: an error for it, all others' answers
    names       spaces, quotes, a newline, other scripts, 200 bytes
    long path   inputs behind a path of more than 1,000 bytes

--table prints the table in Markdown.
"""
import argparse
import contextlib
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/cli"))
import tiny_model  # noqa: E402

NAMES = ["plain", "with space", "quote'\"s", "new\nline", "Bauteil-äöü", "部品", "x" * 180]
TIMES = re.compile(rb'"(seconds|started|finished|[a-z_]*seconds|[a-z_]*per_second)": ?[-+.0-9e]+')


def program(i):
    holes = "".join(f".moveTo({9 * x - 18},{i % 5}).circle({2 + (i + x) % 2})" for x in range(4))
    return (f"import cadquery as cq\nw0=cq.Workplane('XY',origin=(0,0,0))\nr=w0.rect({60 + i},{30 + i % 11}).extrude({5 + i % 4})"
            f".cut(w0{holes}.extrude(20))\n")


class Inputs:
    """What the commands read, made once; `odd` are the same with awkward names."""

    def __init__(self, root, binary):
        self.root = root
        self.programs = self.folder("programs", [f"p{i:02}" for i in range(24)])
        self.odd_programs = self.folder("odd programs", NAMES)
        self.rows = root / "rows.jsonl"
        self.rows.write_text("".join(json.dumps({"id": f"p{i:02}", "code": program(i)}) + "\n" for i in range(40)))
        for name, content in tiny_model.files("model").items():
            path = root / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        self.scans, self.odd_scans = root / "scans", root / "odd scans"
        for folder, source in ((self.scans, self.programs), (self.odd_scans, self.odd_programs)):
            folder.mkdir()
            for k, path in enumerate(sorted(source.glob("*.py"))[:7]):
                subprocess.run([binary, "run", path, "-o", folder / (path.stem + ".stl")], check=True, stdout=subprocess.DEVNULL)

    def folder(self, name, stems):
        folder = self.root / name
        folder.mkdir()
        for i, stem in enumerate(stems):
            (folder / (stem + ".py")).write_text(program(i))
        return folder


def commands(binary, inputs):
    """name -> (input folder or None, odd input folder or None, argv of (input, output))."""
    bench = inputs.root / "bench.yaml"
    bench.write_text(f"data:\n  - {{name: plates, path: {inputs.rows}}}\nsystems:\n  - {{name: fit, fit: true, candidates: 1}}\n"
                     "metric_points: 512\ncandidates: 1\ngallery: 2\nbootstrap: 20\n")
    return {
        "generate": (None, None, lambda i, o: [binary, "generate", "-o", o, "--count", "4000", "--shard-rows", "1000", "--audit", "0"]),
        "convert": (inputs.programs, inputs.odd_programs, lambda i, o: [binary, "convert", "cadrecode", i, "-o", o, "--shard-rows", "4"]),
        "infer": (inputs.scans, inputs.odd_scans, lambda i, o: [binary, "infer", "--model", inputs.root / "model", "--data", i, "-o", o,
                                                                "--points", "16", "--samples", "3", "--temperature", "1",
                                                                "--max-new-tokens", "40"]),
        "reconstruct": (inputs.scans, inputs.odd_scans, lambda i, o: [binary, "reconstruct", i, "-o", o, "--no-pages", "--budget", "2"]),
        "benchmark": (None, None, lambda i, o: [binary, "benchmark", "--config", bench, "-o", o]),
        "run": (inputs.programs, inputs.odd_programs, lambda i, o: [binary, "run", *sorted(i.glob("*.py")), "-o", f"{o}/{{stem}}.step"]),
    }


def tree(folder):
    """Every file's bytes, without what is a time and without scratch files."""
    found = {}
    for path in sorted(pathlib.Path(folder).rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_file() and path.name not in ("timing.md", "times.jsonl", "filler", "index.html"):
            data = TIMES.sub(b"", path.read_bytes())
            if path.suffix == ".csv":
                data = b"\n".join(b",".join(line.split(b",")[:6]) for line in data.split(b"\n"))
            found[name] = data
    return found


def differences(a, b):
    names = [n for n in sorted(set(a) | set(b)) if a.get(n) != b.get(n)]
    return "" if not names else f"{len(names)} files differ: {', '.join(repr(n) for n in names[:3])}"


class Trial:
    def __init__(self, name, entry, root):
        self.name, (self.input, self.odd, self.argv) = name, entry
        self.root = root / ("out " + name)
        self.root.mkdir()
        start = time.monotonic()
        self.expected = self.whole("expected")
        self.span = time.monotonic() - start

    def start(self, folder, given=None):
        folder.mkdir(exist_ok=True)
        return subprocess.Popen([str(a) for a in self.argv(given or self.input, folder)], stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True)

    def finish(self, folder, given=None):
        process = self.start(folder, given)
        words = process.communicate(timeout=600)[0]
        return process.returncode, words

    def whole(self, name):
        code, words = self.finish(self.root / name)
        if code != 0:
            raise SystemExit(f"faults: {self.name} itself fails ({code}): {words[-400:]}")
        return tree(self.root / name)

    def after(self, folder):
        code, words = self.finish(folder)
        return differences(self.expected, tree(folder)) if code == 0 else f"afterwards {code}: {words.strip()[-200:]}"

    # ---- the faults: each returns "" or what is wrong ----

    def killed(self, kills, rng):
        folder = self.root / "killed"
        for _ in range(kills):
            process = self.start(folder)
            time.sleep(rng.uniform(0, self.span))
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
        return self.after(folder)

    def stopped(self):
        folder = self.root / "stopped"
        process = self.start(folder)
        time.sleep(0.4 * self.span)
        process.send_signal(signal.SIGINT)
        words = process.communicate(timeout=120)[0]
        if process.returncode not in (0, 130, -signal.SIGINT):  # by the signal: it had not begun
            return f"exit code {process.returncode}: {words.strip()[-200:]}"
        return self.after(folder)

    def together(self):
        folder = self.root / "together"
        both = [self.start(folder), self.start(folder)]
        ends = [(p.communicate(timeout=600)[0], p.returncode) for p in both]
        if all(code != 0 for _, code in ends):
            return "neither went through: " + " | ".join(w.strip()[-150:] for w, _ in ends)
        return self.after(folder)

    def mounted(self, options, fault):
        """`fault(folder)` inside a small file system of its own."""
        folder = self.root / options.split(",")[0].replace("=", "-")
        folder.mkdir(exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True)
        try:
            return fault(folder)
        finally:
            subprocess.run(["umount", folder], check=True)

    def full(self):
        def fault(folder):
            (folder / "filler").write_bytes(bytes((64 << 20) - (16 << 10)))
            code, words = self.finish(folder)
            said = code != 0 and ("space" in words or "write" in words)
            (folder / "filler").unlink()
            if not said and code != 0:
                return f"said {words.strip()[-200:]!r}"
            if code == 0 and differences(self.expected, tree(folder)):
                return "went on as if all were written"
            return self.after(folder)
        return self.mounted("size=64m", fault)

    def read_only(self):
        def fault(folder):
            subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
            code, words = self.finish(folder)
            if code == 0 or code < 0 or code == 70:
                return f"exit code {code}: {words.strip()[-200:]}"
            subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
            return self.after(folder)
        return self.mounted("size=65m", fault)

    def empty(self):
        if self.input is None:
            return None
        given = self.root / "with empty"
        shutil.copytree(self.input, given)
        (given / ("aaa" + next(self.input.iterdir()).suffix)).write_bytes(b"")
        code, words = self.finish(self.root / "empty", given)
        lost = set(self.expected) - set(tree(self.root / "empty"))
        if code not in (0, 1):
            return f"exit code {code}: {words.strip()[-200:]}"
        return f"lost {sorted(lost)[:3]}" if lost else ""

    def elsewhere(self, name, given):
        code, words = self.finish(self.root / name, given)
        if code != 0:
            return f"exit code {code}: {words.strip()[-300:]}"
        answers = len(tree(self.root / name))
        return "" if answers >= 1 else "no answers"

    def names(self):
        return None if self.odd is None else self.elsewhere("names", self.odd)

    def long_path(self):
        if self.input is None:
            return None
        deep = self.root
        for _ in range(6):
            deep = deep / ("d" * 180)
        deep.mkdir(parents=True)
        given = deep / "in"
        shutil.copytree(self.input, given)
        return self.elsewhere("long", given)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--only")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--table", action="store_true")
    args = parser.parse_args()
    binary = pathlib.Path(args.binary).resolve()
    root = pathlib.Path(tempfile.mkdtemp(prefix="cadrecode-faults-"))
    mounts = os.geteuid() == 0 and subprocess.run(["unshare", "-m", "true"], stderr=subprocess.DEVNULL).returncode == 0
    faults = {
        "killed": lambda t: t.killed(args.kills, random.Random(args.seed)), "stopped": Trial.stopped, "full disk": Trial.full,
        "read-only": Trial.read_only, "together": Trial.together, "empty file": Trial.empty, "names": Trial.names,
        "long path": Trial.long_path}
    if not mounts:
        print("faults: SKIPPED full disk and read-only, which need root", file=sys.stderr)
        del faults["full disk"], faults["read-only"]
    bad, table = 0, []
    try:
        for name, entry in commands(binary, Inputs(root, binary)).items():
            if args.only and name != args.only:
                continue
            trial, cells = Trial(name, entry, root), []
            for fault, do in faults.items():
                wrong = do(trial)
                bad += bool(wrong)
                cells.append("–" if wrong is None else "equal" if not wrong else "**" + wrong + "**")
                print(f"{name:12} {fault:11} {'not for it' if wrong is None else wrong or 'ok'}", flush=True)
            table.append(f"| `{name}` | " + " | ".join(cells) + " |")
    finally:
        shutil.rmtree(root, ignore_errors=True)
    if args.table:
        print("| command | " + " | ".join(faults) + " |\n|" + "---|" * (len(faults) + 1))
        print("\n".join(table))
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
