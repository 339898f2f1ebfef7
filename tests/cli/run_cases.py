#!/usr/bin/env python3
"""run_cases.py BINARY GROUP: runs the cases of cases.py, each in a fresh folder.

A case: arguments, expected exit code, and patterns that stdout and stderr must
match; optionally stdin, files to lay out before, and files that must be there
after (with a pattern for the beginning of their bytes).
"""
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import cases  # noqa: E402


def run_case(binary, case):
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, content in case.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        done = subprocess.run([binary, *case.args], cwd=root, input=case.stdin.encode(), capture_output=True, timeout=120)
        out, err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
        if done.returncode != case.code:
            problems.append(f"exit code {done.returncode}, expected {case.code}")
        for stream, text, patterns in (("stdout", out, case.out), ("stderr", err, case.err)):
            for pattern in patterns:
                if not re.search(pattern, text, re.S | re.M):
                    problems.append(f"{stream} does not match {pattern!r}")
        for name, start in case.makes.items():
            path = root / name
            if not path.exists():
                problems.append(f"{name} was not written")
            elif not re.match(start, path.read_bytes()[:400].decode("latin-1"), re.S):
                problems.append(f"{name} begins with {path.read_bytes()[:60]!r}, expected {start!r}")
        stray = [p.name for p in root.rglob(".tmp-*")]
        if stray:
            problems.append(f"scratch files left behind: {stray}")
        if case.check:
            problems += case.check(root, out, err)
        if problems:
            problems += [f"stdout: {out[-1500:]}", f"stderr: {err[-1500:]}"]
    return problems


def main():
    binary, group = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    failed = 0
    chosen = [case for case in cases.CASES if case.group == group]
    for case in chosen:
        problems = run_case(binary, case)
        print(f"{'FAIL' if problems else 'ok'}  {case.name}")
        for line in problems:
            print(f"      {line}")
        failed += bool(problems)
    print(f"{len(chosen) - failed} passed, {failed} failed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
