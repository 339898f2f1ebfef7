#!/usr/bin/env python3
"""report_page.py BINARY [--keep FOLDER]: the benchmark's page in a real browser.

Makes a small report (quoted rows, failures, two candidates, names that are HTML),
opens report.html in headless Chromium at three widths and asks the page itself:
nothing is loaded from outside, every picture is drawn, the page does not scroll
sideways, tables and plots are there, no text of a part became markup. Skipped,
loudly, without Chromium.
"""
import argparse
import html
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SKIP = 77
WIDTHS = (1280, 800, 390)
PROBE = """<script>
window.addEventListener('load', () => {
  const pictures = [...document.images];
  const found = {
    pictures: pictures.length,
    broken: pictures.filter(i => !i.naturalWidth).length,
    outside: performance.getEntriesByType('resource').filter(e => !e.name.startsWith('data:')).map(e => e.name),
    sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    tables: document.querySelectorAll('table').length,
    quoted: document.querySelectorAll('tr.quoted').length,
    plots: document.querySelectorAll('figure > svg').length,
    drawn: [...document.querySelectorAll('figure > svg')].filter(s => s.getBBox().width > 100).length,
    scripts: document.scripts.length,
    bold: document.querySelectorAll('td b').length,
    links: [...document.querySelectorAll('nav a')].filter(a => !document.querySelector(a.getAttribute('href'))).length,
  };
  parent.postMessage(JSON.stringify(found), '*');
});
</script>"""
# A frame of the width asked for, as a telephone's: browsers have a least width of their own.
OUTER = """<!doctype html><body style="margin:0"><iframe src="probed.html" style="width:{width}px;height:{height}px;border:0"></iframe>
<script>addEventListener('message', e => {{ const out = document.createElement('pre'); out.id = 'found'; out.textContent = e.data; document.body.append(out); }})</script></body>"""


def browser():
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if shutil.which(name):
            return name
    print("report_page: SKIPPED, no Chromium (Debian's package chromium)", file=sys.stderr)
    sys.exit(SKIP)


def make_report(binary, folder):
    box = "import cadquery as cq\nr = cq.Workplane().box({}, 20, {})\n"
    with open(folder / "truth.jsonl", "w") as truth, open(folder / "answers.jsonl", "w") as answers:
        for i in range(12):
            name = f"part-{i}" if i else "<b>part & 0</b>"
            truth.write(json.dumps({"id": name, "code": box.format(30 + i, 10)}) + "\n")
            for k in range(2):
                code = "r = <script>alert(1)</script>" if (i + k) % 5 == 2 else box.format(30 + i, 10 + (i * k) % 4)
                answers.write(json.dumps({"id": name, "sample": k, "code": code}) + "\n")
    (folder / "bench.yaml").write_text(f"""title: A page <i>to be</i> read
data: [{{name: boxes, path: {folder}/truth.jsonl}}]
systems:
  - {{name: first, predictions: {folder}/answers.jsonl}}
  - {{name: single, predictions: {folder}/answers.jsonl, candidates: 1}}
protocol: [cadrecode, fixed-scale, opencadrecode]
candidates: 2
metric_points: 1024
bootstrap: 100
gallery: 4
viewer: "viewer.html?part={{data}}/{{flat}}&k={{candidate}}"
""")
    done = subprocess.run([binary, "benchmark", "--config", folder / "bench.yaml", "-o", folder / "out"], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return folder / "out/report.html"


def look(chromium, page, width, screenshot):
    outer = page.with_name(f"outer-{width}.html")
    common = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=30000"]
    outer.write_text(OUTER.format(width=width, height=900))
    done = subprocess.run([*common, f"--window-size={width + 20},940", "--dump-dom", outer.as_uri()], capture_output=True, text=True, timeout=240)
    found = re.search(r'<pre id="found">(.*?)</pre>', done.stdout, re.S)
    if not found:
        sys.exit(f"no answer from the page: {done.stderr[-800:]}")
    if screenshot:
        outer.write_text(OUTER.format(width=width, height=6000))
        subprocess.run([*common, f"--window-size={max(width, 500)},6000", f"--screenshot={screenshot}", outer.as_uri()], capture_output=True, timeout=240)
    return json.loads(html.unescape(found.group(1)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", type=lambda p: str(pathlib.Path(p).resolve()))
    parser.add_argument("--page", type=pathlib.Path, help="look at this page instead")
    parser.add_argument("--keep", type=pathlib.Path, help="keep the screenshots here")
    options = parser.parse_args()
    chromium, wrong = browser(), []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        page = options.page or make_report(options.binary, folder)
        text = page.read_text()
        probed = folder / "probed.html"
        for width in WIDTHS:
            probed.write_text(text.replace("loading='lazy'", "").replace("</body>", PROBE + "</body>"))
            shot = options.keep / f"page-{width}.png" if options.keep else None
            found = look(chromium, probed, width, shot)
            print(width, json.dumps(found))
            expected = {"broken": 0, "outside": [], "scripts": 1, "bold": 0, "links": 0}
            wrong += [f"{width}: {key} is {found[key]}, expected {value}" for key, value in expected.items() if found[key] != value]
            wrong += [f"{width}: no {key}" for key in ("pictures", "tables", "plots") if not found[key]]
            if found["drawn"] != found["plots"]:
                wrong.append(f"{width}: {found['plots'] - found['drawn']} plots are empty")
            if found["sideways"] > 0:
                wrong.append(f"{width}: the page scrolls sideways by {found['sideways']}")
        if not options.page:
            wrong += [f"the text has {bad!r}" for bad in ("<b>part", "<script>alert", "<i>to be") if bad in text]
            if "viewer.html?part=boxes/part-3&amp;k=" not in text and "viewer.html?part=boxes/part-1&amp;k=" not in text:
                wrong.append("no link into the viewer")
    print("\n".join(wrong) or "ok")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
