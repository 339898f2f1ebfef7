#!/usr/bin/env python3
"""Writes src/geometry/render/font_atlas.inc: coverage of glyphs as hex digits.

Usage: font_atlas.py DejaVuSans.ttf > src/geometry/render/font_atlas.inc
Needs Pillow. DejaVu Sans: https://dejavu-fonts.github.io/License.html (free to
use, also for what is drawn with it).
"""
import sys

from PIL import Image, ImageDraw, ImageFont

EM = 32
CHARS = [chr(c) for c in range(32, 127)] + list("°±²³µ×–")

font = ImageFont.truetype(sys.argv[1], EM)
ascent, descent = font.getmetrics()
print(f"// Made by tools/reference/font_atlas.py: DejaVu Sans, {EM} pixels an em.")
print("// {code point, advance * 64, left, top (above the baseline), width, height, coverage 0-f}")
for c in CHARS:
    left, top, right, bottom = font.getbbox(c, anchor="ls")
    w, h = max(right - left, 0), max(bottom - top, 0)
    image = Image.new("L", (max(w, 1), max(h, 1)), 0)
    ImageDraw.Draw(image).text((-left, -top), c, fill=255, font=font, anchor="ls")
    pixels = "".join("%x" % ((v + 8) // 17) for v in image.tobytes()) if c != " " else ""
    if c == " ":
        w = h = 0
    lines = [pixels[i:i + 88] for i in range(0, len(pixels), 88)] or [""]
    body = "\n     ".join('"%s"' % line for line in lines)
    print("    {%d, %d, %d, %d, %d, %d,\n     %s}," % (
        ord(c), round(font.getlength(c) * 64), left, -top, w, h, body))
