#!/usr/bin/env python3
"""Records what CPython does with the interpreter's test programs.

    tools/reference/python_semantics.py [NAME...]

Runs tests/unit/interpreter/programs/NAME.py (all by default) in the Python
that runs this script and writes what they print to NAME.out. An exception that
leaves a program becomes the last line: "value LINE TypeName: message". Made
with CPython 3.11: messages differ a little between versions.
"""
import pathlib
import subprocess
import sys

RUN = """
import sys, traceback
path = sys.argv[1]
try:
    exec(compile(open(path).read(), path, 'exec'), {'__name__': '__main__'})
except Exception as e:
    line = [f.lineno for f in traceback.extract_tb(e.__traceback__) if f.filename == path][-1]
    print('value %d %s' % (line, ''.join(traceback.format_exception_only(type(e), e)).strip().replace('__main__.', '')))
"""

folder = pathlib.Path(__file__).resolve().parents[2] / "tests/unit/interpreter/programs"
names = sys.argv[1:] or sorted(p.stem for p in folder.glob("*.py"))
for name in names:
    done = subprocess.run([sys.executable, "-I", "-c", RUN, str(folder / (name + ".py"))], capture_output=True, text=True, check=True)
    (folder / (name + ".out")).write_text(done.stdout)
    print(name, len(done.stdout.splitlines()), "lines")
