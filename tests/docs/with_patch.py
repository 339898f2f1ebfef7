#!/usr/bin/env python3
"""with_patch.py BUILD PATCH OUT: the program `cadrecode` with a patch applied, without touching the tree or BUILD.

The patch goes onto copies of the files it names; those that are compiled are compiled by BUILD's own
commands, and linked before the libraries, which then give everything but them.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    build, patch, out = (pathlib.Path(a).resolve() for a in sys.argv[1:4])
    names = re.findall(r"^\+\+\+ b/(\S+)", patch.read_text(), re.M)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name in names:
            if (ROOT / name).exists():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text((ROOT / name).read_text())
        subprocess.run(["git", "apply", "--unsafe-paths", f"--directory={folder}", patch], cwd="/", check=True)
        commands = subprocess.run(["ninja", "-C", build, "-t", "commands", "cadrecode"], check=True, capture_output=True, text=True).stdout.splitlines()
        objects = []
        for name in names:
            for command in commands:
                if name.endswith(".cpp") and f" -c {ROOT}/{name}" in command:
                    made = folder / (pathlib.Path(name).stem + ".o")
                    command = command.replace(f"-c {ROOT}/{name}", f"-c {folder}/{name}").replace(" -I", f" -I{folder}/src -I", 1)
                    subprocess.run(re.sub(r" -o \S+", f" -o {made}", re.sub(r" -M[FT] \S+| -MD", "", command)), shell=True, check=True, cwd=build)
                    objects.append(str(made))
        assert objects, "the patch changes nothing that is compiled"
        link = next(c for c in reversed(commands) if " -o bin/cadrecode " in c)
        link = link.replace(" -o bin/cadrecode ", f" {' '.join(objects)} -o {out} ")
        out.unlink(missing_ok=True)
        subprocess.run(link, shell=True, check=True, cwd=build)


if __name__ == "__main__":
    main()
