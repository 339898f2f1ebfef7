"""A turning view for notebooks, without anything to download: a little WebGL by hand."""

from __future__ import annotations

import base64
import html
import json

import numpy as np

from .bridges import from_stl

_SCRIPT = """
(() => {
  const root = document.currentScript.parentElement, canvas = root.querySelector('canvas');
  const gl = canvas.getContext('webgl', {antialias: true});
  if (!gl) { canvas.replaceWith('This browser shows no WebGL.'); return; }
  const bytes = Uint8Array.from(atob(root.dataset.mesh), c => c.charCodeAt(0));
  const data = new Float32Array(bytes.buffer), count = data.length / 6;
  const compile = (kind, text) => {
    const s = gl.createShader(kind); gl.shaderSource(s, text); gl.compileShader(s); return s; };
  const program = gl.createProgram();
  gl.attachShader(program, compile(gl.VERTEX_SHADER, `attribute vec3 p, n; uniform mat3 turn;
    uniform float zoom, wide; varying vec3 m; void main() { m = turn * n; vec3 q = turn * p * zoom;
    gl_Position = vec4(q.x / wide, q.y, -q.z * .4, 1.); }`));
  gl.attachShader(program, compile(gl.FRAGMENT_SHADER, `precision mediump float; varying vec3 m;
    void main() { float l = .35 + .65 * max(dot(normalize(m), normalize(vec3(.3, .5, .9))), 0.);
    gl_FragColor = vec4(vec3(.45, .62, .82) * l, 1.); }`));
  gl.linkProgram(program); gl.useProgram(program);
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
  ['p', 'n'].forEach((name, i) => { const at = gl.getAttribLocation(program, name);
    gl.enableVertexAttribArray(at); gl.vertexAttribPointer(at, 3, gl.FLOAT, false, 24, 12 * i); });
  gl.enable(gl.DEPTH_TEST);
  let yaw = -.7, pitch = .5, zoom = .8;
  const draw = () => {
    const [a, b, c, d] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
    const turn = [a, -b * d, b * c, -b, -a * d, a * c, 0, c, d];  // z up, columns
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clearColor(0, 0, 0, 0); gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.uniformMatrix3fv(gl.getUniformLocation(program, 'turn'), false, turn);
    gl.uniform1f(gl.getUniformLocation(program, 'zoom'), zoom);
    gl.uniform1f(gl.getUniformLocation(program, 'wide'), canvas.width / canvas.height);
    gl.drawArrays(gl.TRIANGLES, 0, count);
  };
  let at = null;
  canvas.onpointerdown = e => { at = [e.clientX, e.clientY]; canvas.setPointerCapture(e.pointerId); };
  canvas.onpointerup = () => { at = null; };
  canvas.onpointermove = e => { if (!at) return; yaw += (e.clientX - at[0]) * .01;
    pitch = Math.max(-1.57, Math.min(1.57, pitch + (e.clientY - at[1]) * .01));
    at = [e.clientX, e.clientY]; draw(); };
  canvas.onwheel = e => { e.preventDefault(); zoom *= Math.exp(-e.deltaY * .001); draw(); };
  canvas.onkeydown = e => { const step = {ArrowLeft: [-.1, 0], ArrowRight: [.1, 0], ArrowUp: [0, .1],
    ArrowDown: [0, -.1]}[e.key]; if (!step) return; e.preventDefault(); yaw += step[0]; pitch += step[1]; draw(); };
  draw();
})();
"""


def page(stl: bytes, program: str) -> str:
    """The part, to be turned by mouse, finger or arrow keys, and its program below."""
    vertices, faces = from_stl(stl)
    if len(faces) == 0:
        return f"<pre>{html.escape(program)}</pre>"
    low, high = vertices.min(axis=0), vertices.max(axis=0)
    corners = ((vertices - (low + high) / 2) / max(float(np.linalg.norm(high - low)) / 2, 1e-12))[faces]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-30)
    data = np.concatenate([corners, np.repeat(normals[:, None], 3, axis=1)], axis=2).astype("<f4")
    mesh = base64.b64encode(data.tobytes()).decode()
    size = json.dumps([round(float(v), 6) for v in high - low])
    return (f'<div data-mesh="{mesh}"><canvas width="640" height="420" tabindex="0" '
            f'aria-label="The part, {html.escape(size)} in size; drag or use the arrow keys to turn it" '
            f'style="touch-action:none;max-width:100%"></canvas>'
            f"<pre>{html.escape(program)}</pre><script>{_SCRIPT}</script></div>")
