#!/usr/bin/env python3
"""How fast and how right the pages of `cadrecode parametrize -o x.html` are in a real Chromium (playwright from PyPI):

    tools/measure/sliders_page.py BINARY dev.jsonl [--count 60] [--chromium /usr/bin/chromium]

For each part: its page from disk, every slider moved to three places within its range. Says how long a rebuild takes
(booleans, mesh, edges and upload; without drawing), how far the page's volume is from the engine's, at the default and at
each move, what the page calls broken, and whether a move past a stated limit says why.
"""
import argparse
import json
import pathlib
import random
import statistics
import subprocess
import tempfile

from playwright.sync_api import sync_playwright

MOVE = """([i, value]) => {
  const before = page.times.length;
  page.values = page.builder.own.slice();
  page.move(i, value);
  const made = page.times.length > before;
  return {ms: made ? page.times.at(-1) : null, state: document.body.dataset.state, volume: Number(document.body.dataset.volume),
          message: document.getElementById("message").textContent};
}"""


def volume_of(binary, path, name, value):
    done = subprocess.run([binary, "parametrize", str(path), "--set", f"{name}={value!r}", "--no-check", "--json"], capture_output=True, text=True)
    return json.loads(done.stdout)["volume"] if done.returncode == 0 else None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("rows")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--sandbox", action="store_true", help="with Chromium's sandbox (it needs a user that is not root)")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    rows = rng.sample([json.loads(x) for x in open(options.rows)], options.count)
    times, errors, broken, moves, told, past, problems = [], [], 0, 0, 0, 0, []
    flags = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"] + ([] if options.sandbox else ["--no-sandbox"])
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=options.chromium, args=flags)
        for row in rows:
            program, html = pathlib.Path(folder) / "part.py", pathlib.Path(folder) / "part.html"
            program.write_text(row["code"])
            made = subprocess.run([options.binary, "parametrize", str(program), "-o", str(html), "--no-check", "--json"], capture_output=True, text=True)
            if made.returncode:
                problems.append((row["id"], made.stderr.strip()))
                continue
            facts = json.loads(made.stdout)
            page = browser.new_page(viewport={"width": 1200, "height": 800})
            faults = []
            page.on("pageerror", lambda e: faults.append(str(e)))
            page.goto(html.as_uri())
            page.wait_for_function("document.body.dataset.state", timeout=60000)
            if faults or page.evaluate("document.body.dataset.state") != "sound":
                problems.append((row["id"], faults))
                page.close()
                continue
            errors.append(abs(float(page.evaluate("document.body.dataset.volume")) / facts["volume"] - 1))
            for i, p in enumerate(facts["model"]["parameters"]):
                for k in range(3):
                    value = p["low"] + rng.random() * (p["high"] - p["low"])
                    value = round(value) if p["count"] else value
                    answer = page.evaluate(MOVE, [i, value])
                    moves += 1
                    if answer["ms"] is not None:
                        times.append(answer["ms"])
                    if answer["state"] != "sound":
                        broken += 1
                        problems.append((row["id"], p["name"], value, answer["message"]))
                    elif k == 0 and i % 4 == 0:
                        true = volume_of(options.binary, program, p["name"], value)
                        if true:
                            errors.append(abs(answer["volume"] / true - 1))
                if p["above"] and not p["count"]:
                    past += 1
                    answer = page.evaluate(MOVE, [i, p["high"] + 0.1 * (p["high"] - p["low"])])
                    told += answer["state"] == "broken" and p["above"] in answer["message"]
            page.close()
        browser.close()
    times.sort()
    print(f"{options.count} pages, {moves} moves, {len(times)} rebuilds: median {statistics.median(times):.1f} ms, p95 {times[int(0.95 * len(times))]:.1f} ms, largest {times[-1]:.1f} ms")
    print(f"volume beside the engine's over {len(errors)} parts: median {statistics.median(errors):.1e}, largest {max(errors):.1e} (chords of circles)")
    print(f"moves within range that the page calls broken: {broken} ({100 * broken / max(1, moves):.2f} %); moves past a limit that say why: {told} of {past}")
    for problem in problems[:20]:
        print("  ", *problem)


if __name__ == "__main__":
    main()
