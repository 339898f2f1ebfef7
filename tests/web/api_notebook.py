#!/usr/bin/env python3
"""api_notebook.py BINARY [PICTURE.png]: examples/notebook.ipynb in real Jupyter, and its page in a real Chromium.

Every cell runs, says what it should; the page shows the part that turns (and is kept as PICTURE if named).
The Python is CADRECODE_NOTEBOOK_PYTHON (with nbconvert, ipykernel and the module). Exit code 77, loudly, where
something is missing.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
RUN = """
import sys, nbformat
from nbconvert.preprocessors import ExecutePreprocessor
from nbconvert import HTMLExporter
book = nbformat.read(sys.argv[1], as_version=4)
nbformat.validate(book)
ExecutePreprocessor(timeout=300).preprocess(book, {"metadata": {"path": sys.argv[3]}})
open(sys.argv[2], "w").write(HTMLExporter(template_name="basic").from_notebook_node(book)[0])
for cell in book.cells:
    for output in cell.get("outputs", []):
        print(output.get("text") or output["data"].get("text/html", "")[:60] or output["data"]["text/plain"])
"""


def skip(reason):
    print(f"SKIPPED: {reason}")
    sys.exit(77)


def colours(png):
    """How many different colours a picture has: 8-bit RGB or RGBA without interlace, as Chromium writes."""
    data, at, packed = png.read_bytes(), 8, b""
    while at < len(data):
        size, kind = int.from_bytes(data[at:at + 4], "big"), data[at + 4:at + 8]
        if kind == b"IHDR":
            width, height, channels = int.from_bytes(data[at + 8:at + 12], "big"), int.from_bytes(data[at + 12:at + 16], "big"), {2: 3, 6: 4}[data[at + 17]]
        packed += data[at + 8:at + 8 + size] if kind == b"IDAT" else b""
        at += 12 + size
    raw, row, seen = zlib.decompress(packed), bytearray(width * channels), set()
    for y in range(height):
        start = y * (width * channels + 1)
        rule, line, before = raw[start], bytearray(raw[start + 1:start + 1 + width * channels]), row
        for i in range(len(line)):
            a, b, c = (line[i - channels] if i >= channels else 0), before[i], (before[i - channels] if i >= channels else 0)
            p = a + b - c
            paeth = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            line[i] = (line[i] + (0, a, b, (a + b) // 2, paeth)[rule]) & 255
        row = line
        seen |= {bytes(line[i:i + 3]) for i in range(0, len(line), channels)}
    return seen


def main():
    binary, python = pathlib.Path(sys.argv[1]).resolve(), os.environ.get("CADRECODE_NOTEBOOK_PYTHON", "python3")
    if subprocess.run([python, "-c", "import cadrecode, nbconvert, ipykernel"], capture_output=True).returncode:
        skip("CADRECODE_NOTEBOOK_PYTHON names no Python with cadrecode, nbconvert and ipykernel")
    browser = os.environ.get("CADRECODE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        skip("no chromium")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        environment = dict(os.environ, CADRECODE_PROGRAM=str(binary), HOME=str(folder))
        done = subprocess.run([python, "-c", RUN, ROOT / "examples/notebook.ipynb", folder / "page.html", folder], capture_output=True, text=True, env=environment)
        if done.returncode:
            sys.exit(done.stderr[-3000:])
        said = done.stdout
        for wanted in ("(8192, 3)", "exact", "plate_length=120", "126284", "True", "os", "70.0", "'iou'", "array([10."):
            assert wanted in said, f"{wanted!r} is missing in\n{said}"
        # The view alone, so that the colours are its own.
        page = (folder / "page.html").read_text()
        picture = folder / "page.png"
        subprocess.run([browser, "--headless", "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
                        "--window-size=900,1500", "--virtual-time-budget=8000", f"--screenshot={picture}", (folder / "page.html").as_uri()],
                       check=True, capture_output=True)
        assert "<canvas" in page, "the reconstruction shows no view"
        blue = {c for c in colours(picture) if c[2] > c[0] + 20 and c[2] > c[1] + 10}
        assert len(blue) > 20, f"the part is not drawn: {len(blue)} shades of its colour"
        print(f"ok    every cell of examples/notebook.ipynb; its part is drawn in {len(blue)} shades")
        if len(sys.argv) > 2:
            shutil.copy(picture, sys.argv[2])


if __name__ == "__main__":
    main()
