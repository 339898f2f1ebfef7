#!/usr/bin/env python3
"""Takes the examples of a CadQuery checkout, with facts from the real package.

    python tools/reference/cadquery_examples.py CHECKOUT OUT

From examples/*.py and from every `.. cadquery::` and `.. code-block:: python`
directive of doc/*.rst; OUT gets programs.jsonl (id, code) and facts.jsonl for
tests/parity/examples.py. OUT belongs outside the repository: the texts are
CadQuery's.

A snippet may build on earlier ones of its page. Tried in this order, the first
text that real CadQuery runs to a shape is taken: the snippet alone, after the
snippet before it, after all of its section, after all of the page. Snippets
that run in none of these ways (fragments, signatures) are listed and left out.
"""

import argparse
import json
import pathlib
import re
import sys
import textwrap

import facts

DIRECTIVE = re.compile(r"^(\s*)\.\. (cadquery|code-block:: python)\b")
UNDERLINE = re.compile(r"^([=\-~^*\"'])\1{2,}\s*$")
PRELUDE = "import cadquery\nimport cadquery as cq\n"
CPU_SECONDS = 60  # the largest examples take longer than a program may elsewhere


def blocks(text):
    """(section number, kind, options, code) of each directive of a page."""
    lines, section, number = text.split("\n"), 0, 0
    while number < len(lines):
        line = lines[number]
        number += 1
        section += bool(UNDERLINE.match(line))
        match = DIRECTIVE.match(line)
        if not match:
            continue
        indent, body = len(match.group(1)), []
        while number < len(lines):
            rest = lines[number]
            if rest.strip() and len(rest) - len(rest.lstrip()) <= indent:
                break
            body.append(rest)
            number += 1
        options = dict(re.findall(r"^\s+:([\w-]+):\s*(\S*)", "\n".join(body), re.M))
        while body and (not body[0].strip() or re.match(r"\s+:[\w-]+:", body[0])):
            body.pop(0)
        yield section, match.group(2), options, textwrap.dedent("\n".join(body)).strip("\n") + "\n"


def with_prelude(code):
    """The directive imports cadquery itself; snippets may leave it out."""
    return code if re.search(r"^import cadquery as cq", code, re.M) else PRELUDE + code


def candidates(snippet, page):
    """Texts that may make a snippet complete; `page` holds those before it."""
    section, _, options, code = snippet
    select = options.get("select", "result")
    tail = f"r = {select}\n" if select != "result" else ""
    yield code + tail
    if page:
        yield page[-1][3] + code + tail
    yield "".join(p[3] for p in page if p[0] == section) + code + tail
    yield "".join(p[3] for p in page) + code + tail


def complete(snippet, page, failure):
    """(program, facts row) of the first candidate that runs; else the first one's failure."""
    first = None
    tried = set()
    for text in candidates(snippet, page):
        text = with_prelude(text)
        if text in tried:
            continue
        tried.add(text)
        row = facts.run_isolated(text, failure, CPU_SECONDS)
        if row["status"] == "ok":
            return text, row
        first = first or (text, row)
    return first


def programs(checkout, failure):
    """(id, code, facts row) of everything found."""
    for path in sorted((checkout / "examples").glob("*.py")):
        code = path.read_text()
        yield f"examples/{path.stem}", code, facts.run_isolated(code, failure, CPU_SECONDS)
    for path in sorted((checkout / "doc").glob("*.rst")):
        page = []
        for number, snippet in enumerate(blocks(path.read_text()), 1):
            code, row = complete(snippet, page, failure)
            page.append(snippet)
            yield f"doc/{path.stem}/{number:02}", code, row


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("checkout", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    arguments = parser.parse_args()
    _, failure = facts.load_cadquery()
    arguments.out.mkdir(parents=True, exist_ok=True)
    taken = left = 0
    with open(arguments.out / "programs.jsonl", "w") as texts, open(arguments.out / "facts.jsonl", "w") as rows:
        for identifier, code, row in programs(arguments.checkout, failure):
            if row["status"] != "ok":
                left += 1
                print(f"left out {identifier}: {row['error']['message'][:150]}")
                continue
            taken += 1
            texts.write(json.dumps({"id": identifier, "code": code}) + "\n")
            rows.write(json.dumps({"id": identifier, **row}) + "\n")
    print(f"cadquery_examples: {taken} taken, {left} left out", file=sys.stderr)


if __name__ == "__main__":
    main()
