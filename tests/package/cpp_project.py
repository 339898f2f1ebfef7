#!/usr/bin/env python3
"""cpp_project.py BUILD: examples/cpp as a user builds it, against what `cmake --install` writes.

The components are installed into an empty prefix; the example is configured with that prefix and
nothing of this tree, built, and run; every public header must compile by itself.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def sh(*words, **more):
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, **more)
    if done.returncode:
        sys.exit(f"FAIL  {' '.join(map(str, words))}\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return done.stdout


def headers_alone(prefix, folder):
    """One file that includes every header, once each, in turn; a header that needs another fails."""
    include = prefix / "include"
    names = sorted(p.relative_to(include).as_posix() for p in include.rglob("*.h"))
    for name in names:
        text = (include / name).read_text()
        if '#include "' in text.replace('#include "cadrecode/', ""):
            sys.exit(f"FAIL  {name} includes something that is not cadrecode/…")
    source = folder / "alone.cpp"
    failed = []
    for name in names:
        source.write_text(f'#include "{name}"\n')
        done = subprocess.run(["c++", "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", f"-I{include}", source],
                              capture_output=True, text=True)
        if done.returncode:
            failed.append(f"{name}\n{done.stderr[:800]}")
    if failed:
        sys.exit("FAIL  headers that do not stand alone:\n" + "\n".join(failed))
    return names


def main():
    build = pathlib.Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        prefix = folder / "prefix"
        sh("cmake", "--install", build, "--component", "dev", "--prefix", prefix)
        names = headers_alone(prefix, folder)
        print(f"ok    {len(names)} public headers, each by itself")

        sh("cmake", "-S", ROOT / "examples/cpp", "-B", folder / "build", "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={prefix}")
        cache = (folder / "build/CMakeCache.txt").read_text()
        assert f"cadrecode_DIR:PATH={prefix}" in cache, "another cadrecode was found"
        sh("cmake", "--build", folder / "build", "-j", os.environ.get("CADRECODE_JOBS", "2"))

        program = folder / "ring.py"
        program.write_text("import cadquery as cq\nr=cq.Workplane('XY').circle(10).circle(5).extrude(4)\n")
        said = sh(folder / "build/measure_part", program, folder / "ring.ply")
        assert "volume 942.478" in said and "size 20 x 20 x 4" in said, said
        assert (folder / "ring.ply").stat().st_size > 8192 * 12
        print("ok    measure_part:", " ".join(said.split("\n")[:3]))
        bad = folder / "bad.py"
        bad.write_text("import cadquery as cq\nr=cq.Workplane('XY').sphere(3)\n")
        refused = subprocess.run([folder / "build/measure_part", bad], capture_output=True, text=True)
        assert refused.returncode == 4 and "no such part" in refused.stderr, refused

        if (folder / "build/run_programs").exists():
            rows = [json.loads(line) for line in sh(folder / "build/run_programs", program, bad).splitlines()]
            assert abs(rows[0]["volume"] - 942.4778) < 1e-3 and rows[1]["faces"] == 1, rows
            assert (folder / "ring.py.step").read_text().startswith("ISO-10303-21")
            print("ok    run_programs:", rows[0]["volume"], rows[1]["volume"])
        else:
            print("      run_programs: no kernel in this build")


if __name__ == "__main__":
    main()
