// The part coloured by its deviation, the input over it.
"use strict";

// Blue inside, pale at 0, red outside; t in [-1, 1].
function diverging(t) {
  const stops = [[-1, [0.13, 0.32, 0.68]], [-0.5, [0.46, 0.65, 0.88]], [0, [0.9, 0.9, 0.88]], [0.5, [0.93, 0.58, 0.43]], [1, [0.72, 0.13, 0.13]]];
  const x = Math.max(-1, Math.min(1, t));
  for (let i = 0; i + 1 < stops.length; ++i) {
    const [a, from] = stops[i], [b, to] = stops[i + 1];
    if (x <= b) return from.map((c, k) => c + ((to[k] - c) * (x - a)) / (b - a));
  }
  return stops.at(-1)[1];
}

function geometryOf(positions, triangles) {
  const g = new THREE.BufferGeometry();
  g.setAttribute("position", new THREE.BufferAttribute(positions, 3));
  if (triangles) g.setIndex(new THREE.BufferAttribute(triangles, 1));
  return g;
}

class Comparison {
  constructor(data, view) {
    const floats = ({ low, high, at }) => Float32Array.from(new Uint16Array(bytesOf(at).buffer), (v, i) => low[i % 3] + (v / 65535) * (high[i % 3] - low[i % 3]));
    const whole = (b64) => new Uint32Array(bytesOf(b64).buffer);
    this.view = view;
    const positions = floats(data.part.positions), triangles = whole(data.part.triangles);
    this.deviation = new Int8Array(bytesOf(data.deviation).buffer);  // in 127ths of the range
    this.range = data.range;
    const offset = { polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 1 };
    this.part = new THREE.Mesh(geometryOf(positions, triangles), new THREE.MeshStandardMaterial({ vertexColors: true, flatShading: true, roughness: 0.7, side: THREE.DoubleSide, ...offset }));
    this.edges = new THREE.LineSegments(geometryOf(creases(positions, triangles)), new THREE.LineBasicMaterial());
    const input = data.input;
    this.input = input.points
      ? new THREE.Points(geometryOf(floats(input.points)), new THREE.PointsMaterial({ sizeAttenuation: false, size: 2.2 }))
      : new THREE.Mesh(geometryOf(floats(input.positions), whole(input.triangles)), new THREE.MeshStandardMaterial({ flatShading: true, roughness: 0.8, side: THREE.DoubleSide, transparent: true }));
    view.content.add(this.part, this.edges, this.input);
    this.state = { part: true, input: Boolean(input.points), colors: true };
    for (const id of Object.keys(this.state)) document.getElementById(id).addEventListener("click", () => this.toggle(id));
    document.getElementById("all").addEventListener("click", () => view.look());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.apply());
    this.legend(data.unit);
    this.apply();
    const box = new THREE.Box3().setFromObject(view.content);
    view.look(box.getBoundingSphere(new THREE.Sphere()));
  }

  legend(unit) {
    const css = (t) => `rgb(${diverging(t).map((c) => Math.round(255 * c)).join(",")})`;
    document.getElementById("bar").style.background = `linear-gradient(90deg, ${[-1, -0.5, 0, 0.5, 1].map(css).join(",")})`;
    const end = `${plain(this.range, 3)}${unit ? " " + unit : ""}`;
    document.getElementById("low").textContent = `−${end}`;
    document.getElementById("high").textContent = `+${end}`;
  }

  toggle(id) {
    this.state[id] = !this.state[id];
    this.apply();
  }

  apply() {
    const { part, input, colors } = this.state;
    for (const id of Object.keys(this.state)) document.getElementById(id).setAttribute("aria-pressed", String(this.state[id]));
    this.part.visible = this.edges.visible = part;
    this.input.visible = input;
    document.getElementById("legend").hidden = !(part && colors);
    const own = themeColor("--part"), n = this.deviation.length, rgb = new Float32Array(3 * n), c = new THREE.Color();
    for (let v = 0; v < n; ++v) {
      if (colors && this.deviation[v] !== -128) c.setRGB(...diverging(this.deviation[v] / 127), "srgb");
      else c.copy(own);
      rgb.set([c.r, c.g, c.b], 3 * v);
    }
    this.part.geometry.setAttribute("color", new THREE.BufferAttribute(rgb, 3));
    this.edges.material.color = themeColor("--part-edge");
    this.input.material.color = themeColor(this.input.isPoints ? "--text" : "--good");
    this.input.material.opacity = part ? 0.45 : 1;
    this.view.draw();
  }
}

try {
  window.page = new Comparison(JSON.parse(document.getElementById("data").textContent), new View(document.getElementById("canvas")));
  document.body.dataset.state = "ready";
} catch (e) {
  document.getElementById("message").textContent = `This page cannot show the part: ${e.message}`;
  document.getElementById("message").classList.add("bad");
  document.body.dataset.state = "failed";
  throw e;
}
