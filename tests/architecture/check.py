#!/usr/bin/env python3
"""Holds the sources to the arrows.

For every room src/<floor>/<room>:
  1. an #include of another room must be declared in its CMakeLists.txt (DEPS),
     or be reachable through a declared one's public headers;
  2. arrows point down (a room may use its own floor's earlier rooms, never a
     floor above);
  3. the table in docs/architecture.md lists exactly these rooms and arrows;
  4. OCCT headers stand in geometry/brep only, libtorch's in model, train, infer.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FLOORS = ["base", "geometry", "language", "learning", "pipeline", "evaluation", "app"]
OCCT = re.compile(r"^(TopoDS|TopExp|TopTools|TopAbs|TopLoc|BRep|gp_|Geom|Standard_|STEP|IFSelect|Poly_|"
                  r"GProp|ShapeFix|ShapeUpgrade|ShapeAnalysis|HLR|GC_|GCPnts|TCol|Bnd_|Interface_|XS|Message_)")


def declared():
    """{room: (floor, set of rooms)} from the CMakeLists.txt of each room."""
    rooms = {}
    for path in sorted(ROOT.glob("src/**/CMakeLists.txt")):
        if path.parent == ROOT / "src":
            continue
        text = re.sub(r"#.*", "", path.read_text())
        found = re.search(r"cadrecode_module\(\s*(\w+)(.*?)\)", text, re.S)
        if not found:
            sys.exit(f"{path.relative_to(ROOT)}: no cadrecode_module(...)")
        words, deps, inside = found.group(2).split(), set(), False
        for word in words:
            if word.isupper():
                inside = word == "DEPS"
            elif inside:
                deps.add(word)
        rooms[found.group(1)] = (path.parent.relative_to(ROOT / "src").parts[0], deps)
    return rooms


def closure(rooms, room):
    seen, todo = set(), [room]
    while todo:
        for dep in rooms.get(todo.pop(), ("", ()))[1]:  # an unknown room is reported elsewhere
            if dep not in seen:
                seen.add(dep)
                todo.append(dep)
    return seen


def includes(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        found = re.match(r'\s*#\s*include\s*["<]([^">]+)[">]', line)
        if found:
            yield number, found.group(1)


def check_sources(rooms):
    problems = []
    allowed = {room: closure(rooms, room) | {room} for room in rooms}
    for room, (floor, _) in rooms.items():
        folder = ROOT / "src" / (room if floor == room else f"{floor}/{room}")
        for path in sorted(folder.glob("*.*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            for number, header in includes(path):
                place = f"{path.relative_to(ROOT)}:{number}"
                parts = header.split("/")
                if parts[0] in FLOORS and len(parts) > 1:
                    target = parts[0] if parts[0] == "base" else parts[1]
                    if target not in allowed[room]:
                        problems.append(f"{place}: {room} includes {target}, which its CMakeLists.txt does not declare")
                if OCCT.match(header) and room != "brep":
                    problems.append(f"{place}: OCCT belongs in geometry/brep only")
                if header.startswith("torch/") and room not in ("model", "train", "infer"):
                    problems.append(f"{place}: libtorch belongs in model, train and infer only")
    return problems


def check_floors(rooms):
    problems = []
    for room, (floor, deps) in rooms.items():
        for dep in deps:
            if dep not in rooms:
                problems.append(f"{room}: no room called {dep}")
            elif FLOORS.index(rooms[dep][0]) > FLOORS.index(floor):
                problems.append(f"{room} ({floor}) -> {dep} ({rooms[dep][0]}): an arrow that points up")
    return problems


def check_document(rooms):
    text = (ROOT / "docs/architecture.md").read_text()
    listed = {}
    for found in re.finditer(r"^\| `(\w+)` \|[^|]*\| ([^|]*)\|$", text, re.M):
        listed[found.group(1)] = set(re.findall(r"\w+", found.group(2)))
    problems = []
    for room, (_, deps) in rooms.items():
        if room not in listed:
            problems.append(f"docs/architecture.md: room {room} is missing")
        elif listed[room] != deps:
            problems.append(f"docs/architecture.md: {room} says {sorted(listed[room])}, CMake says {sorted(deps)}")
    problems += [f"docs/architecture.md: there is no room {room}" for room in listed if room not in rooms]
    return problems


def main():
    rooms = declared()
    problems = check_floors(rooms) + check_sources(rooms) + check_document(rooms)
    print("\n".join(problems) or f"{len(rooms)} rooms, all arrows as declared")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
