#!/usr/bin/env python3
"""viewer.py BINARY PROGRAM.py CHROMIUM [PICTURES]: the page of `cadrecode serve` at three widths.

Drop a scan, see it worked on, the part over it, its steps and program, sliders, a measure, a section, downloads; with
the keyboard too. axe-core looks for what people cannot use where $CADRECODE_AXE names its axe.min.js (npm axe-core).
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

from playwright.sync_api import sync_playwright

WIDTHS = [(1440, 860, "light"), (900, 700, "dark"), (390, 844, "light")]
PROBLEMS = []


def check(good, what):
    print(("ok    " if good else "FAIL  ") + what, flush=True)
    if not good:
        PROBLEMS.append(what)


DROP = """async ([name, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name));
  dispatchEvent(new DragEvent("dragenter", { dataTransfer: data, bubbles: true, cancelable: true }));
  const over = !document.getElementById("over").hidden;
  dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  return over;
}"""


def until(page, condition, seconds=240):
    """Waits for a condition; by evaluate, as the page's policy forbids what wait_for_function does."""
    end = time.time() + seconds
    while not page.evaluate(f"Boolean({condition})"):
        if time.time() > end:
            raise TimeoutError(f"{condition}: {page.locator('#message').inner_text()}")
        page.wait_for_timeout(100)


def accessible(page, name):
    axe = os.environ.get("CADRECODE_AXE")
    if not axe:
        print(f"SKIPPED: {name}: axe-core ($CADRECODE_AXE)")
        return
    page.evaluate(pathlib.Path(axe).read_text())  # past the page's own policy
    # the frame holds the page with sliders, which has a test of its own
    found = page.evaluate("axe.run({ exclude: [['iframe']] }).then((r) => r.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`))")
    check(not found, f"{name}: axe-core finds nothing {found}")


def drawn(page):
    return page.evaluate("""async () => {
      await new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)));
      const c = document.createElement("canvas"); c.width = c.height = 64;
      const g = c.getContext("2d"); g.drawImage(document.getElementById("canvas"), 0, 0, 64, 64);
      return [...new Uint32Array(g.getImageData(0, 0, 64, 64).data.buffer)].join();
    }""")


def visit(browser, address, scan, size, pictures):
    width, height, scheme = size
    name = f"viewer {size}"
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme, accept_downloads=True)
    faults, away = [], []
    page.set_default_timeout(120000)
    page.on("pageerror", lambda e: faults.append(str(e)))
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    page.on("request", lambda r: away.append(r.url) if not r.url.startswith((address, "blob:", "data:")) else None)
    page.goto(address)
    until(page, "document.body.dataset.state")
    check(page.evaluate("document.body.dataset.state") == "ready", f"{name}: it is ready {page.locator('#message').inner_text()}")
    accessible(page, f"{name}, empty")
    import base64
    check(page.evaluate(DROP, [scan.name, base64.b64encode(scan.read_bytes()).decode()]), f"{name}: it shows where to drop")
    page.wait_for_selector("#work:visible", timeout=20000)
    check(True, f"{name}: progress is shown")
    until(page, "document.body.dataset.job")
    check(page.locator("#verdict").inner_text() != "", f"{name}: a verdict: {page.locator('#verdict').inner_text()}")
    with_part = drawn(page)
    check(len(set(with_part.split(","))) > 20, f"{name}: the part is drawn")
    check(page.locator("#legend").is_visible(), f"{name}: with its deviations")
    if pictures:
        page.screenshot(path=f"{pictures}/viewer_{width}.png", timeout=180000)
    steps = page.locator("#tree button")
    check(steps.count() >= 1, f"{name}: {steps.count()} steps")
    steps.first.focus()
    page.keyboard.press("Enter")
    check(page.locator("#program").is_visible() and page.locator("#code .line.near").count() >= 1, f"{name}: a step leads to its lines")
    page.locator("#code .line.near").first.click()
    check(page.locator("#steps").is_visible() and page.locator("#tree button.near").count() == 1, f"{name}: and a line to its step")
    page.locator("#tab-steps").focus()
    page.keyboard.press("ArrowRight")
    check(page.locator("#program").is_visible(), f"{name}: arrow keys change tabs")
    page.locator("#tab-sliders").click()
    frame = page.frame_locator("#frame")
    frame.locator("body[data-state]").wait_for(timeout=60000)
    check(frame.locator("body").get_attribute("data-state") == "sound", f"{name}: the sliders are there {frame.locator('#message').inner_text()}")
    before = frame.locator("body").get_attribute("data-volume")
    slider = frame.locator("input[type=range]").first
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    check(frame.locator("body").get_attribute("data-volume") != before, f"{name}: a slider changes the part ({before})")
    if pictures:
        page.screenshot(path=f"{pictures}/viewer_{width}_sliders.png", timeout=180000)
    page.locator("#axis").select_option("0")
    check(drawn(page) != with_part, f"{name}: a section")
    page.locator("#axis").select_option("")
    page.locator("#measure").click()
    box = page.locator("#canvas").bounding_box()
    for dx, dy in ((-0.06, 0.0), (0.08, 0.04)):
        page.mouse.click(box["x"] + box["width"] * (0.5 + dx), box["y"] + box["height"] * (0.5 + dy))
    reading = page.locator("#reading").inner_text()
    check(re.match(r"[\d.]+", reading) is not None and "along x" in reading, f"{name}: a measure: {reading}")
    if pictures:
        page.screenshot(path=f"{pictures}/viewer_{width}_measure.png", timeout=180000)
    for suffix, start in (("py", "#"), ("step", "ISO-10303-21"), ("stl", "")):
        with page.expect_download() as got:
            page.get_by_role("button", name=f"({scan.stem}.{suffix})").click()
        text = pathlib.Path(got.value.path()).read_bytes()
        check(len(text) > 200 and text.startswith(start.encode()), f"{name}: .{suffix} comes down, {len(text)} bytes")
    page.locator("#canvas").focus()
    eye = page.evaluate("scene.view.camera.position.toArray()")
    page.keyboard.press("ArrowLeft")
    check(page.evaluate("scene.view.camera.position.toArray()") != eye, f"{name}: arrow keys turn it")
    page.locator("#history summary").click()
    page.wait_for_selector("#jobs button")
    check(page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), f"{name}: nothing sticks out sideways")
    accessible(page, f"{name}, with a part")
    check(not faults, f"{name}: no errors {faults}")
    check(not away, f"{name}: nothing fetched elsewhere {away}")
    page.set_input_files("#file", files=[{"name": "broken.stl", "mimeType": "model/stl", "buffer": b"solid nothing\n"}])
    page.wait_for_selector("#message.bad", timeout=60000)
    check("broken.stl" in page.locator("#message").inner_text(), f"{name}: a broken file is said so: {page.locator('#message').inner_text()}")
    page.set_input_files("#file", files=[{"name": "notes.txt", "mimeType": "text/plain", "buffer": b"hello"}])
    until(page, "document.getElementById('message').textContent.includes('must end like a scan')", 20)
    page.close()


def main():
    binary, program, chromium = sys.argv[1:4]
    pictures = sys.argv[4] if len(sys.argv) > 4 else ""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        folder = pathlib.Path(folder)
        scan = folder / "scan.stl"
        subprocess.run([binary, "run", program, "-o", str(scan)], check=True, capture_output=True)
        service = subprocess.Popen([binary, "serve", "--port", "0", "--folder", str(folder / "jobs")], stderr=subprocess.PIPE, text=True)
        address = re.search(r"http://[\d.:]+/", service.stderr.readline()).group(0)
        flags = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
        browser = play.chromium.launch(executable_path=chromium, args=flags)
        try:
            for size in WIDTHS:
                visit(browser, address, scan, size, pictures)
        finally:
            browser.close()
            service.terminate()
            service.wait(20)
    print(json.dumps({"failed": len(PROBLEMS)}))
    sys.exit(1 if PROBLEMS else 0)


if __name__ == "__main__":
    main()
