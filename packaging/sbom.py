#!/usr/bin/env python3
"""sbom.py FOLDER OUTPUT: what is inside the artefacts of FOLDER, as CycloneDX 1.5 (JSON), with licences.

For every wheel and Debian package: the ELF files in it, and what they link. A component is one of
packaging/components.json: carried (files of it are inside), headers (compiled in), linked (a library of
it is inside a wheel, or asked of the system by a package). A library that no component claims is an
error, so that nothing is shipped unnamed. Versions are those of the Debian packages on this machine.
"""
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
VERSION = re.search(r"project\(cadrecode VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text()).group(1)


def unpacked(artefact, folder):
    if artefact.suffix == ".whl":
        zipfile.ZipFile(artefact).extractall(folder)
    else:
        subprocess.run(["dpkg-deb", "-x", artefact, folder], check=True)
    return folder


def libraries(folder):
    """Names of the shared libraries that are inside, and of those that are linked."""
    inside, linked = set(), set()
    for path in folder.rglob("*"):
        if path.suffix == ".a":
            inside.add(path.name)
        if not path.is_file() or path.open("rb").read(4) != b"\x7fELF":
            continue
        if ".so" in path.name:
            inside.add(path.name)
        text = subprocess.run(["objdump", "-p", path], capture_output=True, text=True).stdout
        linked |= set(re.findall(r"NEEDED +(\S+)", text))
    return inside, linked


def version_of(component):
    if "version" in component:
        return component["version"]
    if component["how"] == "wheel":  # of PyPI: what scripts/wheel built with
        python, name = ROOT / "build/tools/bin/python", component.get("inside", component["name"])
        said = subprocess.run([python, "-c", f"import importlib.metadata as m; print(m.version('{name}'))"], capture_output=True, text=True)
        return ("in nanobind " if "inside" in component else "") + (said.stdout.strip() or "unknown")
    said = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", component.get("package", "none")], capture_output=True, text=True)
    return re.sub(r"^\d+:|[-+].*$", "", said.stdout) or "unknown"


def entry(component, shipped):
    out = {"type": "library", "bom-ref": component["name"], "name": component["name"], "version": version_of(component),
           "licenses": [{"expression": component["licence"]}], "externalReferences": [{"type": "website", "url": component["home"]}],
           "properties": [{"name": "cadrecode:how", "value": component["how"]}] + [{"name": "cadrecode:in", "value": name} for name in sorted(shipped)]}
    if "package" in component:
        out["properties"].append({"name": "cadrecode:debian-package", "value": component["package"]})
    return out


def main():
    folder, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    components = json.loads((ROOT / "packaging/components.json").read_text())
    shipped = {c["name"]: set() for c in components}
    files, unnamed = [], []
    for artefact in sorted([*folder.glob("*.whl"), *folder.glob("*.deb")]):
        with tempfile.TemporaryDirectory() as temporary:
            inside, linked = libraries(unpacked(artefact, pathlib.Path(temporary)))
        own = re.compile(r"^_native|^libcadrecode")
        for name in sorted(inside | linked):
            plain = re.sub(r"-[0-9a-f]{8}(?=\.)", "", name)  # auditwheel's mark
            claims = [c for c in components if "libraries" in c and re.search(c["libraries"], plain)]
            for c in claims:
                shipped[c["name"]].add(artefact.name)
            if not claims and not own.search(name):
                unnamed.append(f"{artefact.name}: {name}")
        for c in components:
            if c["how"] in ("headers", "carried") and inside | linked or c["how"] == "wheel" and artefact.suffix == ".whl":
                shipped[c["name"]].add(artefact.name)
        files.append({"type": "file", "bom-ref": artefact.name, "name": artefact.name, "version": VERSION,
                      "licenses": [{"license": {"id": "Apache-2.0"}}],
                      "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(artefact.read_bytes()).hexdigest()}]})
    if unnamed:
        sys.exit("sbom: nothing in packaging/components.json claims\n" + "\n".join(unnamed))
    listed = [entry(c, shipped[c["name"]]) for c in components if shipped[c["name"]]]
    document = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
                "metadata": {"component": {"type": "application", "bom-ref": "cadrecode", "name": "cadrecode", "version": VERSION,
                                           "licenses": [{"license": {"id": "Apache-2.0"}}]}},
                "components": files + listed,
                "dependencies": [{"ref": f["name"], "dependsOn": sorted(c["bom-ref"] for c in listed if {"name": "cadrecode:in", "value": f["name"]} in c["properties"])} for f in files]}
    output.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")
    print(f"{output}: {len(files)} artefacts, {len(listed)} components")


if __name__ == "__main__":
    main()
