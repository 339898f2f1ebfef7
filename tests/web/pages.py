#!/usr/bin/env python3
"""pages.py BINARY PROGRAM.py CHROMIUM: the pages of `parametrize` and `reconstruct`, from disk, at three widths.

Each must load without a request or an error, show something, move, refuse with a reason, save; nothing may stick out
sideways, and every control has a name.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

from playwright.sync_api import sync_playwright

WIDTHS = [(1440, 860, "light"), (900, 700, "dark"), (390, 844, "light")]
PROBLEMS = []


def check(good, what):
    print(("ok    " if good else "FAIL  ") + what)
    if not good:
        PROBLEMS.append(what)


def open_page(browser, path, width, height, scheme):
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme, accept_downloads=True)
    page.faults, page.requests = [], []
    page.on("pageerror", lambda e: page.faults.append(str(e)))
    page.on("request", lambda r: page.requests.append(r.url) if not r.url.startswith(("file:", "blob:", "data:")) else None)
    page.goto(path.as_uri())
    page.wait_for_function("document.body.dataset.state", timeout=60000)
    return page


def general(page, name):
    check(not page.faults, f"{name}: no errors {page.faults}")
    check(not page.requests, f"{name}: nothing fetched {page.requests}")
    check(page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), f"{name}: nothing sticks out sideways")
    nameless = page.evaluate("[...document.querySelectorAll('button,input,canvas')].filter((e) => !(e.labels?.length || e.ariaLabel || e.textContent.trim())).length")
    check(nameless == 0, f"{name}: every control has a name")
    colors = page.evaluate("""async () => {
      await new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)));
      const c = document.createElement("canvas"); c.width = c.height = 64;
      const g = c.getContext("2d"); g.drawImage(document.getElementById("canvas"), 0, 0, 64, 64);
      return new Set(new Uint32Array(g.getImageData(0, 0, 64, 64).data.buffer)).size;
    }""")
    check(colors > 20, f"{name}: something is drawn ({colors} colours)")


def sliders(browser, path, size):
    page = open_page(browser, path, *size)
    name = f"sliders {size}"
    general(page, name)
    before = float(page.evaluate("document.body.dataset.volume"))
    i = page.evaluate("MODEL.parameters.findIndex((p) => p.name === 'plate_thickness')")
    page.locator(f"#n{i}").fill("12")
    after = float(page.evaluate("document.body.dataset.volume"))
    check(abs((after - before) / (2 * (120 * 80 - 3.14159265 * (36 + 64))) - 1) < 0.01, f"{name}: thickness moves the volume from {before} to {after}")
    page.locator(f"#p{i}").focus()
    page.keyboard.press("ArrowRight")
    check(page.evaluate(f"page.values[{i}]") != 12, f"{name}: the keyboard moves a slider")
    page.locator("#reset").click()
    check(abs(float(page.evaluate("document.body.dataset.volume")) - before) < 1e-6 * before, f"{name}: reset")
    i = page.evaluate("MODEL.parameters.findIndex((p) => p.name === 'hole1_spacing_x')")
    page.locator(f"#n{i}").fill("118")
    text = page.locator("#message").inner_text()
    check("Not possible" in text and "cross" in text, f"{name}: says why not: {text}")
    page.locator("#reset").click()
    with page.expect_download() as got:
        page.locator("#py").click()
    check("plate_thickness=10," in pathlib.Path(got.value.path()).read_text(), f"{name}: the program is saved")
    with page.expect_download() as got:
        page.locator("#stl").click()
    check(pathlib.Path(got.value.path()).stat().st_size > 5000, f"{name}: the STL is saved")
    page.close()


def comparison(browser, path, size):
    page = open_page(browser, path, *size)
    name = f"comparison {size}"
    general(page, name)
    page.locator("#input").click()
    check(page.locator("#input").get_attribute("aria-pressed") == "true", f"{name}: the input can be shown")
    page.locator("#colors").click()
    check(page.locator("#legend").is_hidden(), f"{name}: no legend without colours")
    page.locator("#canvas").focus()
    eye = page.evaluate("page.view.camera.position.toArray()")
    page.keyboard.press("ArrowLeft")
    check(page.evaluate("page.view.camera.position.toArray()") != eye, f"{name}: arrow keys turn it")
    page.close()


def main():
    binary, program, chromium = sys.argv[1:4]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        folder = pathlib.Path(folder)
        subprocess.run([binary, "parametrize", program, "-o", str(folder / "sliders.html"), "--json"], check=True, capture_output=True)
        subprocess.run([binary, "run", program, "-o", str(folder / "scan.stl")], check=True, capture_output=True)
        subprocess.run([binary, "reconstruct", str(folder / "scan.stl"), "-o", str(folder / "out"), "--json"], check=True, capture_output=True)
        flags = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
        browser = play.chromium.launch(executable_path=chromium, args=flags)
        for size in WIDTHS:
            sliders(browser, folder / "sliders.html", size)
            comparison(browser, folder / "out/scan.html", size)
        browser.close()
    print(json.dumps({"failed": len(PROBLEMS)}))
    sys.exit(1 if PROBLEMS else 0)


if __name__ == "__main__":
    main()
