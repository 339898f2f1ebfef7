#!/usr/bin/env python3
"""notices.py OUTPUT [--bundled]: the licences of what is compiled into the program, word for word.

Headers and carried files need their notices wherever the program goes; libraries that it only links
have packages, and notices, of their own, but for a wheel (--bundled), which brings them along.
"""
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]


def text_of(component):
    if "text" in component:
        return (ROOT / component["text"]).read_text()
    file = pathlib.Path("/usr/share/doc") / component.get("package", "none") / "copyright"
    return file.read_text(errors="replace") if file.exists() else f"{component['licence']}; the text: {component['home']}\n"


def main():
    out = ["Third-party software inside cadrecode\n"]
    wanted = {"headers", "carried"} | ({"linked", "wheel"} if "--bundled" in sys.argv else set())
    for component in json.loads((ROOT / "packaging/components.json").read_text()):
        if component["how"] in wanted and not component.get("system"):
            heading = f"{component['name']} ({component['licence']}), {component['home']}"
            out += ["=" * 78, heading, "=" * 78, text_of(component)]
    pathlib.Path(sys.argv[1]).write_text("\n".join(out))


if __name__ == "__main__":
    main()
