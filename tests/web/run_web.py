#!/usr/bin/env python3
"""run_web.py BINARY notebook|pages|viewer: finds a Python that can, and runs the test with it.

The Python: $CADRECODE_REFERENCE_PYTHON, else build/reference-venv; the browser: $CADRECODE_CHROMIUM, else chromium on
the path. Exit code 77, loudly, where one is missing.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
NEEDS = {"notebook": "import cadquery, ipykernel, ipywidgets, nbconvert", "pages": "import playwright", "viewer": "import playwright"}
PLATE = """import cadquery as cq
w0=cq.Workplane('XY')
w1=cq.Workplane('XY',origin=(0,0,10))
r=w0.sketch().rect(120,80).push([(50,30),(-50,30),(50,-30),(-50,-30)]).circle(3,mode='s').finalize().extrude(10).union(w1.moveTo(20,0).circle(15).extrude(25)).cut(w0.moveTo(20,0).circle(8).extrude(35))
"""


def skip(reason):
    print(f"SKIPPED: {reason} (tools/reference/setup)")
    sys.exit(77)


def main():
    binary, what = str(pathlib.Path(sys.argv[1]).resolve()), sys.argv[2]
    python = os.environ.get("CADRECODE_REFERENCE_PYTHON", str(ROOT / "build/reference-venv/bin/python"))
    if not shutil.which(python) or subprocess.run([python, "-c", NEEDS[what]], capture_output=True).returncode:
        skip(f"no Python with: {NEEDS[what].removeprefix('import ')}")
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / "plate.py"
        program.write_text(PLATE)
        if what == "notebook":
            sys.exit(subprocess.run([python, str(ROOT / "tools/reference/notebook_check.py"), binary, str(program), "boss_height", "40"]).returncode)
        browser = os.environ.get("CADRECODE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
        if not browser:
            skip("no chromium")
        sys.exit(subprocess.run([python, str(pathlib.Path(__file__).parent / f"{what}.py"), binary, str(program), browser]).returncode)


if __name__ == "__main__":
    main()
