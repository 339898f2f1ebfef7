#!/usr/bin/env python3
"""Runs a notebook of `cadrecode parametrize` in real Jupyter and moves a slider:

    notebook_check.py BINARY PROGRAM.py PARAMETER VALUE

Needs a Python with nbconvert, ipykernel, ipywidgets and cadquery (tools/reference/setup makes one with --jupyter). The
notebook is executed by nbconvert with one cell more that sets the slider; the volume must then be the one the engine
predicts (`cadrecode parametrize --set`), and a value past the limit must leave the last good part and say why.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

import nbformat
from nbconvert.preprocessors import ExecutePreprocessor


def facts(binary, *args):
    done = subprocess.run([binary, "parametrize", *args, "--json"], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def main():
    binary, program, name, value = sys.argv[1], sys.argv[2], sys.argv[3], float(sys.argv[4])
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "part.ipynb"
        before = facts(binary, program, "-o", str(path))
        after = facts(binary, program, "--set", f"{name}={value!r}")
        book = nbformat.read(path, as_version=4)
        nbformat.validate(book)
        probe = (f"import json\nfirst = state['volume']\nsliders[{name!r}].value = {value!r}\n"
                 f"print(json.dumps([first, state['volume'], state['error'], len(picture.value)]))")
        book.cells.append(nbformat.v4.new_code_cell(probe))
        ExecutePreprocessor(timeout=300, kernel_name="python3").preprocess(book, {"metadata": {"path": folder}})
        first, moved, error, drawn = json.loads(book.cells[-1].outputs[0].text)
    print(f"volume {first:.6f} (predicted {before['volume']:.6f}); {name}={value}: {moved:.6f} (predicted {after['volume']:.6f}); picture of {drawn} bytes")
    good = abs(first - before["volume"]) <= 1e-6 * first and abs(moved - after["volume"]) <= 1e-6 * moved and error is None and drawn > 1000
    good = good and abs(first - moved) > 1e-3 * first
    print("ok" if good else f"FAIL: {error}")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
