// Sliders: evaluates the parametrised part (model.h) and rebuilds it with manifold-3d.
"use strict";

const MODEL = JSON.parse(document.getElementById("model").textContent);
const PROGRAM = JSON.parse(document.getElementById("program").textContent);

// ---- the model at given values: what evaluate() in model.cpp does ----------------

const at = (expr, values) => {
  let sum = expr[0];
  for (let i = 1; i < expr.length; ++i) sum += expr[i][1] * values[expr[i][0]];
  return sum;
};
const point = (place, values) => [at(place[0], values), at(place[1], values)];
const uses = (expr, p) => expr.slice(1).some((t) => t[0] === p);

// An arc from a over m to b as points, a left out; chords within `sag` of the arc.
function arcPoints(a, m, b, sag) {
  const [ax, ay] = [a[0] - m[0], a[1] - m[1]], [bx, by] = [b[0] - m[0], b[1] - m[1]];
  const d = 2 * (ax * by - ay * bx);
  if (Math.abs(d) < 1e-12) return [b];
  const a2 = ax * ax + ay * ay, b2 = bx * bx + by * by;
  const c = [m[0] + (by * a2 - ay * b2) / d, m[1] + (ax * b2 - bx * a2) / d];
  const r = Math.hypot(a[0] - c[0], a[1] - c[1]);
  const angle = (p) => Math.atan2(p[1] - c[1], p[0] - c[0]);
  const turn = (x) => ((x % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);
  let sweep = turn(angle(b) - angle(a));
  if (turn(angle(m) - angle(a)) > sweep) sweep -= 2 * Math.PI;
  const n = segments(r, sag, Math.abs(sweep));
  const out = [];
  for (let i = 1; i < n; ++i) {
    const t = angle(a) + (sweep * i) / n;
    out.push([c[0] + r * Math.cos(t), c[1] + r * Math.sin(t)]);
  }
  out.push(b);
  return out;
}

function segments(radius, sag, sweep) {
  const step = 2 * Math.acos(Math.max(0.5, 1 - sag / Math.max(radius, 1e-9)));
  return Math.max(2, Math.ceil(sweep / Math.min(step, Math.PI / 12)));
}

function loopOf(outline, values, sag) {
  const w = at(outline.width, values) / 2, h = at(outline.height, values) / 2;
  if (outline.kind === "rectangle") return [[-w, -h], [w, -h], [w, h], [-w, h]];
  if (outline.kind === "circle") {
    const n = 4 * Math.ceil(segments(w, sag, 2 * Math.PI) / 4);
    return Array.from({ length: n }, (_, i) => [w * Math.cos((2 * Math.PI * i) / n), w * Math.sin((2 * Math.PI * i) / n)]);
  }
  const corners = outline.corners.map((c) => point(c, values));
  const mids = new Map((outline.mids || []).map(([edge, mid]) => [edge, point(mid, values)]));
  const out = [];
  corners.forEach((a, i) => {
    const b = corners[(i + 1) % corners.length];
    out.push(...(mids.has(i) ? arcPoints(a, mids.get(i), b, sag) : [b]));
  });
  return out;
}

function placesOf(pattern, values) {
  const points = pattern.points.map((p) => point(p, values));
  if (pattern.kind === "points") return points;
  const [cx, cy] = points[0], out = [];
  if (pattern.kind === "grid") {
    const n = Math.max(1, Math.round(at(pattern.columns, values))), m = Math.max(1, Math.round(at(pattern.rows, values)));
    const [sx, sy] = pattern.spacing.map((s) => at(s, values));
    for (let i = 0; i < n; ++i)
      for (let j = 0; j < m; ++j) out.push([cx + (i - (n - 1) / 2) * sx, cy + (j - (m - 1) / 2) * sy]);
    return out;
  }
  const n = Math.max(1, Math.round(at(pattern.count, values))), r = at(pattern.diameter, values) / 2;
  for (let i = 0; i < n; ++i) {
    const a = (pattern.start_deg * Math.PI) / 180 + (2 * Math.PI * i) / n;
    out.push([cx + r * Math.cos(a), cy + r * Math.sin(a)]);
  }
  return out;
}

const moved = (loop, [x, y]) => loop.map((p) => [p[0] + x, p[1] + y]);
const areaOf = (loop) => {
  let sum = 0;
  loop.forEach((p, i) => { const q = loop[(i + 1) % loop.length]; sum += p[0] * q[1] - q[0] * p[1]; });
  return sum / 2;
};

// ---- what would break the part -----------------------------------------------------

class Broken extends Error {}

// Sizes that must stay above nothing: as Guard in ranges.cpp collects them.
function sizesOf(model, values) {
  const out = [], add = (expr, what) => { if (expr.length > 1) out.push([expr, what]); };
  const minus = (a, b) => {
    const terms = new Map();
    for (const [p, f] of a.slice(1)) terms.set(p, f);
    for (const [p, f] of b.slice(1)) terms.set(p, (terms.get(p) || 0) - f);
    return [a[0] - b[0], ...[...terms].filter(([, f]) => Math.abs(f) > 1e-12)];
  };
  const shape = (s) => {
    if (s.outline.kind === "chain") {
      for (const axis of [0, 1]) {
        const levels = s.outline.corners.map((c) => c[axis]).sort((a, b) => at(a, values) - at(b, values));
        for (let i = 0; i + 1 < levels.length; ++i)
          if (at(levels[i + 1], values) - at(levels[i], values) > 1e-6) add(minus(levels[i + 1], levels[i]), `an edge of ${s.name}`);
      }
    } else {
      add(s.outline.width, s.name);
      if (s.outline.kind === "rectangle") add(s.outline.height, s.name);
    }
    if (s.pattern.kind === "polar") add(s.pattern.diameter, `the circle of ${s.name}`);
    if (s.pattern.kind === "grid") s.pattern.spacing.forEach((e) => add(e, `the spacing of ${s.name}`));
  };
  for (const f of model.features) {
    add(minus(f.end, f.start), f.name);
    for (const o of f.outers) { shape(o); o.inner.forEach(shape); }
  }
  return out.map(([expr, what]) => ({ expr, what, own: at(expr, values) }));
}

// ---- the solid -----------------------------------------------------------------------

class Builder {
  constructor(kernel, model) {
    this.kernel = kernel;
    this.model = model;
    this.own = model.parameters.map((p) => p.value);
    this.sizes = sizesOf(model, this.own);
    this.pieces = Infinity;
    const first = this.build(this.own);
    this.pieces = first.pieces;
    this.extent = first.extent;
    first.solid.delete();
    this.last = null;
  }

  sections(f, values, sag) {
    const loops = [];
    let expected = 0;
    for (const o of f.outers) {
      const loop = loopOf(o.outline, values, sag);
      const inner = o.inner.map((s) => [loopOf(s.outline, values, sag), placesOf(s.pattern, values)]);
      for (const p of placesOf(o.pattern, values)) {
        loops.push(moved(loop, p));
        expected += Math.abs(areaOf(loop));
        for (const [hole, places] of inner)
          for (const q of places) {
            loops.push(moved(hole, [p[0] + q[0], p[1] + q[1]]));
            expected -= Math.abs(areaOf(hole));
          }
      }
    }
    const section = new this.kernel.CrossSection(loops, "EvenOdd");
    if (Math.abs(section.area() - expected) > 1e-6 * Math.abs(expected) + 1e-9) {
      section.delete();
      throw new Broken(`the outlines of ${f.name} would cross`);
    }
    return section;
  }

  // {solid, ids: kernel's number of each feature, pieces, volume}; throws Broken.
  build(values) {
    for (const s of this.sizes)
      if (at(s.expr, values) < Math.min(1e-3 * (this.extent || 1), s.own / 2)) throw new Broken(`${s.what} would have no size left`);
    const sag = (this.extent || 100) / 2500;
    let solid = null;
    const ids = [];
    const fail = (message) => { if (solid) solid.delete(); throw new Broken(message); };
    for (const f of this.model.features) {
      const start = at(f.start, values), end = at(f.end, values);
      let section;
      try { section = this.sections(f, values, sag); } catch (e) { if (solid) solid.delete(); throw e; }
      const flat = section.extrude(end - start);
      section.delete();
      const x = f.frame.x, n = f.frame.normal, o = f.frame.origin;
      const y = [n[1] * x[2] - n[2] * x[1], n[2] * x[0] - n[0] * x[2], n[0] * x[1] - n[1] * x[0]];
      const prism = flat.transform([...x, 0, ...y, 0, ...n, 0, o[0] + start * n[0], o[1] + start * n[1], o[2] + start * n[2], 1]);
      flat.delete();
      const marked = prism.asOriginal();
      prism.delete();
      ids.push(marked.originalID());
      if (!solid) { solid = marked; continue; }
      const next = f.operation === "join" ? solid.add(marked) : f.operation === "cut" ? solid.subtract(marked) : solid.intersect(marked);
      solid.delete();
      marked.delete();
      solid = next;
      if (solid.isEmpty()) fail(`nothing would be left after ${f.name}`);
    }
    const bodies = solid.decompose(), pieces = bodies.length;
    bodies.forEach((b) => b.delete());
    if (pieces > this.pieces) fail(`the part would fall into ${pieces} pieces`);
    const box = solid.boundingBox();
    return { solid, ids, pieces, volume: solid.volume(), box, extent: Math.max(...[0, 1, 2].map((k) => box.max[k] - box.min[k])) };
  }

  // What three.js draws: smooth where faces bend gently, with each triangle's feature.
  meshOf({ solid, ids }) {
    const smooth = solid.calculateNormals(0, 32), mesh = smooth.getMesh();
    smooth.delete();
    const stride = mesh.numProp, count = mesh.vertProperties.length / stride;
    const positions = new Float32Array(3 * count), normals = new Float32Array(3 * count);
    for (let v = 0; v < count; ++v)
      for (let k = 0; k < 3; ++k) {
        positions[3 * v + k] = mesh.vertProperties[stride * v + k];
        normals[3 * v + k] = mesh.vertProperties[stride * v + 3 + k];
      }
    const triangles = new Uint32Array(mesh.triVerts), feature = new Int32Array(triangles.length / 3).fill(-1);
    for (let run = 0; run + 1 < mesh.runIndex.length; ++run)
      feature.fill(ids.indexOf(mesh.runOriginalID[run]), mesh.runIndex[run] / 3, mesh.runIndex[run + 1] / 3);
    // vertices split for their normals are one again for the creases
    const whole = triangles.slice();
    if (mesh.mergeFromVert) {
      const merged = new Map();
      mesh.mergeFromVert.forEach((from, i) => merged.set(from, mesh.mergeToVert[i]));
      for (let i = 0; i < whole.length; ++i) whole[i] = merged.get(whole[i]) ?? whole[i];
    }
    return { positions, normals, triangles, feature, creases: creases(positions, whole) };
  }
}

// ---- the page ------------------------------------------------------------------------

class Page {
  constructor(builder, view) {
    this.builder = builder;
    this.view = view;
    this.values = builder.own.slice();
    this.rows = [];
    this.times = [];
    this.makeMeshes();
    this.makeRows();
    for (const [id, act] of [["reset", () => this.set(builder.own.slice())], ["all", () => view.look()],
      ["py", () => save(`${MODEL.name}.py`, this.program(), "text/x-python")], ["stl", () => save(`${MODEL.name}.stl`, this.stl(), "model/stl")]])
      document.getElementById(id).addEventListener("click", act);
    this.show(builder.build(this.values), 0);
    const half = this.built.box, center = [0, 1, 2].map((k) => (half.min[k] + half.max[k]) / 2);
    const radius = Math.hypot(...[0, 1, 2].map((k) => half.max[k] - half.min[k])) / 2;
    view.look(new THREE.Sphere(new THREE.Vector3(...center), radius));
  }

  makeMeshes() {
    const paint = () => {
      this.material.color = new THREE.Color(0xffffff);
      this.lines.material.color = themeColor("--part-edge");
      if (this.drawn) this.paint(this.lit);
      this.view.draw();
    };
    this.material = new THREE.MeshStandardMaterial({ vertexColors: true, roughness: 0.62, metalness: 0.05, side: THREE.DoubleSide,
      polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 1 });
    this.mesh = new THREE.Mesh(new THREE.BufferGeometry(), this.material);
    this.lines = new THREE.LineSegments(new THREE.BufferGeometry(), new THREE.LineBasicMaterial());
    this.view.content.add(this.mesh, this.lines);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
    paint();
  }

  makeRows() {
    const panel = document.getElementById("dimensions");
    let last = null;
    MODEL.parameters.forEach((p, i) => {
      const owner = MODEL.features.findIndex((f) => this.touches(f, i));
      if (owner !== last && owner >= 0) {
        const h = document.createElement("h2");
        h.textContent = MODEL.features[owner].name;
        h.title = MODEL.features[owner].what;
        panel.append(h);
        last = owner;
      }
      const row = document.createElement("div");
      row.className = "dimension";
      // the slider goes on past what is sound: there it says why not
      const past = p.count ? 1 : 0.15 * (p.high - p.low);
      const low = p.below ? p.low - past : p.low, high = p.above ? p.high + past : p.high;
      row.innerHTML = `<div class="head"><label></label><input type="number" step="any"><span class="soft"></span></div>
        <input type="range"><div class="sound"><i></i></div><div class="soft"></div><div class="why" hidden></div>`;
      const label = row.querySelector("label"), number = row.querySelector("input"), range = row.querySelectorAll("input")[1];
      label.textContent = p.name.replaceAll("_", " ");
      label.htmlFor = range.id = `p${i}`;
      number.setAttribute("aria-label", `${p.name.replaceAll("_", " ")}, number`);
      number.id = `n${i}`;
      row.querySelector(".head .soft").textContent = p.count ? "" : MODEL.unit;
      row.querySelectorAll(".soft")[1].textContent = p.what;
      Object.assign(range, { min: low, max: high, step: p.step || "any" });
      const share = (x) => `${Math.min(100, Math.max(0, (100 * (x - low)) / (high - low || 1)))}%`;
      const sound = row.querySelector(".sound i");
      sound.style.left = share(p.low);
      sound.style.right = `calc(100% - ${share(p.high)})`;
      range.addEventListener("input", () => this.move(i, Number(range.value)));
      number.addEventListener("input", () => number.value !== "" && this.move(i, Number(number.value)));
      row.addEventListener("pointerenter", () => this.paint(i));
      row.addEventListener("focusin", () => this.paint(i));
      row.addEventListener("pointerleave", () => this.paint(-1));
      row.addEventListener("focusout", () => this.paint(-1));
      this.rows.push({ row, number, range, why: row.querySelector(".why") });
      panel.append(row);
    });
    this.write();
  }

  touches(f, p) {
    const shape = (s) => uses(s.outline.width, p) || uses(s.outline.height, p) ||
      (s.outline.corners || []).some((c) => uses(c[0], p) || uses(c[1], p)) || s.pattern.points.some((c) => uses(c[0], p) || uses(c[1], p)) ||
      [s.pattern.columns, s.pattern.rows, s.pattern.count, s.pattern.diameter, ...(s.pattern.spacing || [])].some((e) => e && uses(e, p));
    return uses(f.start, p) || uses(f.end, p) || f.outers.some((o) => shape(o) || o.inner.some(shape));
  }

  write(except) {
    this.rows.forEach(({ number, range }, i) => {
      if (document.activeElement !== number || except !== i) number.value = plain(this.values[i]);
      if (except !== i) range.value = this.values[i];
    });
  }

  set(values) {
    this.values = values;
    this.write();
    this.rebuild(-1);
  }

  move(i, value) {
    this.values[i] = MODEL.parameters[i].count ? Math.round(value) : value;
    this.write(i);
    if (document.activeElement === this.rows[i].number) this.rows[i].range.value = value;
    this.rebuild(i);
  }

  // The reason a single move beyond the sound range was found to break, if it is one.
  known(i) {
    if (i < 0) return "";
    const p = MODEL.parameters[i], alone = this.values.every((v, k) => k === i || v === this.builder.own[k]);
    if (!alone) return "";
    if (this.values[i] < p.low && p.below) return p.below;
    return this.values[i] > p.high && p.above ? p.above : "";
  }

  rebuild(i) {
    const began = performance.now(), message = document.getElementById("message");
    let reason = this.known(i);
    if (!reason) {
      try { this.show(this.builder.build(this.values), began); }
      catch (e) { if (!(e instanceof Broken)) throw e; reason = e.message; }
    }
    this.rows.forEach(({ row, why }, k) => {
      row.classList.toggle("broken", Boolean(reason) && k === i);
      why.hidden = !(reason && k === i);
      why.textContent = reason && k === i ? `Not possible: ${reason}.` : "";
    });
    message.textContent = reason ? `Not possible: ${reason}. The last good part is shown.` : "";
    message.classList.toggle("bad", Boolean(reason));
    document.body.dataset.state = reason ? "broken" : "sound";
  }

  show(built, began) {
    if (this.built) this.built.solid.delete();
    this.built = built;
    const m = (this.drawn = this.builder.meshOf(built));
    // one vertex a corner, so that each triangle has its feature's colour
    const n = m.triangles.length, positions = new Float32Array(3 * n), normals = new Float32Array(3 * n);
    for (let c = 0; c < n; ++c)
      for (let k = 0; k < 3; ++k) {
        positions[3 * c + k] = m.positions[3 * m.triangles[c] + k];
        normals[3 * c + k] = m.normals[3 * m.triangles[c] + k];
      }
    this.mesh.geometry.dispose();
    this.mesh.geometry = new THREE.BufferGeometry();
    this.mesh.geometry.setAttribute("position", new THREE.BufferAttribute(positions, 3));
    this.mesh.geometry.setAttribute("normal", new THREE.BufferAttribute(normals, 3));
    this.lines.geometry.dispose();
    this.lines.geometry = new THREE.BufferGeometry();
    this.lines.geometry.setAttribute("position", new THREE.BufferAttribute(m.creases, 3));
    this.paint(this.lit ?? -1);
    const size = [0, 1, 2].map((k) => plain(built.box.max[k] - built.box.min[k], 5)).join(" × ");
    const unit = MODEL.unit ? ` ${MODEL.unit}` : "";
    document.getElementById("facts").textContent = `${size}${unit}, volume ${plain(built.volume, 6)}${unit ? unit + "³" : ""}`;
    if (began) this.times.push(performance.now() - began);
    document.body.dataset.volume = built.volume;
    this.view.draw();
  }

  // Features that parameter i moves stand out.
  paint(i) {
    this.lit = i;
    const base = themeColor("--part"), hot = themeColor("--accent").lerp(base, 0.25);
    const lit = MODEL.features.map((f) => i >= 0 && this.touches(f, i));
    const { feature } = this.drawn, colors = new Float32Array(9 * feature.length);
    for (let t = 0; t < feature.length; ++t) {
      const c = feature[t] >= 0 && lit[feature[t]] ? hot : base;
      for (let k = 0; k < 3; ++k) colors.set([c.r, c.g, c.b], 9 * t + 3 * k);
    }
    this.mesh.geometry.setAttribute("color", new THREE.BufferAttribute(colors, 3));
    this.view.draw();
  }

  program() {
    let text = PROGRAM;
    MODEL.parameters.forEach((p, i) => {
      text = text.replace(new RegExp(`^(    ${p.name}=)[^,]+,`, "m"), `$1${this.values[i]},`);
    });
    return text;
  }

  stl() {
    const { positions, triangles } = this.drawn, n = triangles.length / 3;
    const out = new DataView(new ArrayBuffer(84 + 50 * n));
    out.setUint32(80, n, true);
    for (let t = 0; t < n; ++t)
      for (let c = 0; c < 3; ++c)
        for (let k = 0; k < 3; ++k) out.setFloat32(84 + 50 * t + 12 + 12 * c + 4 * k, positions[3 * triangles[3 * t + c] + k], true);
    return out.buffer;
  }
}

(async () => {
  try {
    const kernel = await cadrecodeManifold.load(bytesOf(document.getElementById("wasm").textContent));
    kernel.setup();
    window.page = new Page(new Builder(kernel, MODEL), new View(document.getElementById("canvas")));
    document.body.dataset.state = "sound";
  } catch (e) {
    const message = document.getElementById("message");
    message.textContent = `This page cannot show the part: ${e.message}`;
    message.classList.add("bad");
    document.body.dataset.state = "failed";
    throw e;
  }
})();
