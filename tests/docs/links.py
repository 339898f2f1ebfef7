#!/usr/bin/env python3
"""links.py [SITE]: every link of the documents leads somewhere, every path they name is there.

Of *.md at the root and below docs/: links to files and headings, pictures, and words in backticks that look
like paths of this project (`src/…`, `tools/…`). Of a built site (mkdocs): every href and src of every
page, and that no page asks the network. Links to other hosts are not followed, only counted.
"""
import html.parser
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ("src", "tests", "tools", "docs", "configs", "scripts", "examples", "perf", "fuzz", "python", "packaging", "third_party", "cmake", "models")


def slug(heading):
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").strip().lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


def without_code(text):
    return re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)


def headings(path):
    return {slug(h) for h in re.findall(r"^#+ (.*)$", without_code(path.read_text()), re.M)}


def exists(name):
    """A path of the project, perhaps with a line number, a pattern or an extension left out."""
    name = re.sub(r"[:#].*$", "", name).rstrip("/.,")
    if re.search(r"[*<>{}…|]", name):
        stem = re.split(r"[*<>{}…|]", name)[0]
        return (ROOT / stem).exists() or any((ROOT / stem).parent.glob(pathlib.Path(stem).name + "*"))
    path = ROOT / name
    return path.exists() or any(path.parent.glob(path.name + ".*"))


def check_page(path):
    text, problems, outside = without_code(path.read_text()), [], 0
    name = path.relative_to(ROOT)
    for target in re.findall(r"!?\[[^\]]*\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            outside += 1
            continue
        file, _, anchor = target.partition("#")
        goal = (path.parent / file).resolve() if file else path
        if not goal.exists():
            problems.append(f"{name}: there is no {target}")
        elif anchor and goal.suffix == ".md" and anchor not in headings(goal):
            problems.append(f"{name}: {file or 'this page'} has no heading #{anchor}")
    for word in re.findall(r"`([^`\n]+)`", text):
        for part in word.split():
            if re.match(rf"({'|'.join(FOLDERS)})/[\w]", part) and not exists(part):
                problems.append(f"{name}: `{part}` is not there")
    return problems, outside


class Links(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.fetched, self.names = [], [], set()

    def handle_starttag(self, tag, attributes):
        for key, value in attributes:
            if key == "id":
                self.names.add(value)
            elif key == "src" or (tag == "link" and key == "href"):
                self.fetched.append(value)
            elif key == "href":
                self.links.append(value)


def check_site(site):
    pages, problems, count = {}, [], 0
    for path in site.rglob("*.html"):
        pages[path.resolve()] = parser = Links()
        parser.feed(path.read_text())
    for path, parser in pages.items():
        for link in parser.fetched + parser.links:
            count += 1
            name = f"{path.relative_to(site.resolve())}: {link}"
            if re.match(r"(https?:)?//", link):
                if link in parser.fetched:
                    problems.append(name + " asks the network")
                continue
            file, _, anchor = link.partition("#")
            file = file.split("?")[0]
            # Only a server shows 404.html, so its links may begin at the server's root.
            base = site if path.name == "404.html" else path.parent
            goal = (base / file.lstrip("/" if path.name == "404.html" else "")).resolve() if file else path
            if not goal.exists():
                problems.append(name + " leads nowhere")
            elif anchor and goal in pages and anchor not in pages[goal].names:
                problems.append(name + " has no such heading")
    for path in site.rglob("*.css"):
        if re.search(r"url\(['\"]?(https?:)?//", path.read_text()):
            problems.append(f"{path.name} asks the network")
    return problems, f"{len(pages)} pages of the site, {count} links"


def main():
    if len(sys.argv) > 1:
        problems, said = check_site(pathlib.Path(sys.argv[1]))
    else:
        pages, problems, outside = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))], [], 0
        for page in pages:
            found, others = check_page(page)
            problems += found
            outside += others
        said = f"{len(pages)} pages, {outside} links to other hosts not followed"
    print("\n".join(problems) or f"ok    {said}")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
