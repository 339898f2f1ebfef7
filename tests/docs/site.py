#!/usr/bin/env python3
"""site.py: docs/ builds to a site, strictly, and every link of it holds. Skipped (77) without mkdocs.

CADRECODE_MKDOCS names the program if it is not on PATH.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import links

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    mkdocs = os.environ.get("CADRECODE_MKDOCS") or shutil.which("mkdocs")
    if not mkdocs:
        print("SKIPPED: mkdocs is not installed (pip install mkdocs)")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([mkdocs, "build", "--strict", "-q", "-f", ROOT / "mkdocs.yml", "-d", folder], check=True, cwd=ROOT)
        problems, said = links.check_site(pathlib.Path(folder))
    print("\n".join(problems) or f"ok    {said}")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
