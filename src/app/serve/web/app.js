// The page of `cadrecode serve`: a scan in, the part over it, its program beside it.
"use strict";

const $ = (id) => document.getElementById(id);
let token = sessionStorage.getItem("token") || "";

class Refused extends Error {}

// Speaks to the service; asks for the token once where one is needed.
async function call(path, options = {}) {
  const headers = { ...(options.headers || {}), ...(token ? { Authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(path, { ...options, headers });
  if (response.status === 401) {
    await new Promise((done) => {
      $("ask-token").addEventListener("close", done, { once: true });
      $("ask-token").showModal();
    });
    token = $("token").value;
    sessionStorage.setItem("token", token);
    if (token) return call(path, options);
  }
  if (!response.ok) {
    const body = await response.json().catch(() => null);
    throw new Refused(body?.error?.message || `the service answers with status ${response.status}`);
  }
  return response;
}

function say(text, bad = false) {
  $("message").textContent = text;
  $("message").classList.toggle("bad", bad);
}

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

const floats = ({ low, high, at }) => Float32Array.from(new Uint16Array(bytesOf(at).buffer), (v, i) => low[i % 3] + (v / 65535) * (high[i % 3] - low[i % 3]));
const whole = (text) => new Uint32Array(bytesOf(text).buffer);

function geometryOf(positions, triangles) {
  const g = new THREE.BufferGeometry();
  g.setAttribute("position", new THREE.BufferAttribute(positions, 3));
  if (triangles) g.setIndex(new THREE.BufferAttribute(triangles, 1));
  return g;
}

// The part with its deviations, the scan over it, a section, a measuring line.
class Scene {
  constructor(view) {
    this.view = view;
    this.state = { part: true, input: true, colors: true, measure: false };
    this.points = [];
    for (const id of Object.keys(this.state)) $(id).addEventListener("click", () => this.toggle(id));
    $("all").addEventListener("click", () => view.look());
    $("axis").addEventListener("change", () => this.section());
    $("depth").addEventListener("input", () => this.section());
    $("canvas").addEventListener("pointerdown", (e) => (this.down = [e.clientX, e.clientY]));
    $("canvas").addEventListener("pointerup", (e) => {
      if (this.state.measure && Math.hypot(e.clientX - this.down[0], e.clientY - this.down[1]) < 4) this.pick(e);
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.apply());
    view.renderer.localClippingEnabled = true;
    this.plane = { normal: new THREE.Vector3(0, 0, -1), constant: 0 };  // what is kept: normal . p + constant >= 0
  }

  show(data) {
    for (const old of [...this.view.content.children]) {
      old.geometry?.dispose();
      old.material?.dispose();
      this.view.content.remove(old);
    }
    this.points = [];
    this.line = null;
    const positions = floats(data.part.positions), triangles = whole(data.part.triangles);
    this.deviation = new Int8Array(bytesOf(data.deviation).buffer);
    this.range = data.range;
    this.unit = data.unit || "";
    const offset = { polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 1 };
    this.part = new THREE.Mesh(geometryOf(positions, triangles), new THREE.MeshStandardMaterial({ vertexColors: true, flatShading: true, roughness: 0.7, side: THREE.DoubleSide, ...offset }));
    this.edges = new THREE.LineSegments(geometryOf(creases(positions, triangles)), new THREE.LineBasicMaterial());
    this.input = data.input.points
      ? new THREE.Points(geometryOf(floats(data.input.points)), new THREE.PointsMaterial({ sizeAttenuation: false, size: 2.2 }))
      : new THREE.Mesh(geometryOf(floats(data.input.positions), whole(data.input.triangles)), new THREE.MeshStandardMaterial({ flatShading: true, roughness: 0.8, side: THREE.DoubleSide, transparent: true }));
    this.view.content.add(this.part, this.edges, this.input);
    this.state.input = Boolean(data.input.points);
    this.box = new THREE.Box3().setFromObject(this.part);
    for (const id of ["part", "input", "colors", "measure", "all"]) $(id).disabled = false;
    $("cut").hidden = false;
    const css = (t) => `rgb(${diverging(t).map((c) => Math.round(255 * c)).join(",")})`;
    $("bar").style.background = `linear-gradient(90deg, ${[-1, -0.5, 0, 0.5, 1].map(css).join(",")})`;
    const end = `${plain(this.range, 3)}${this.unit ? " " + this.unit : ""}`;
    $("low").textContent = `−${end}`;
    $("high").textContent = `+${end}`;
    this.section();
    this.apply();
    this.view.look(new THREE.Box3().setFromObject(this.view.content).getBoundingSphere(new THREE.Sphere()));
  }

  toggle(id) {
    this.state[id] = !this.state[id];
    if (id === "measure") this.clear();
    this.apply();
  }

  apply() {
    if (!this.part) return;
    const { part, input, colors, measure } = this.state;
    for (const id of Object.keys(this.state)) $(id).setAttribute("aria-pressed", String(this.state[id]));
    this.part.visible = this.edges.visible = part;
    this.input.visible = input;
    $("legend").hidden = !(part && colors);
    $("reading").hidden = !measure;
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

  section() {
    if (!this.part) return;
    const axis = $("axis").value;
    $("depth").disabled = axis === "";
    const planes = [];
    if (axis !== "") {
      const k = Number(axis), size = this.box.max.getComponent(k) - this.box.min.getComponent(k);
      const at = this.box.min.getComponent(k) + (size * Number($("depth").value)) / 100;
      this.plane.normal.set(0, 0, 0).setComponent(k, -1);
      this.plane.constant = at;
      planes.push(this.plane);
      $("depth").setAttribute("aria-valuetext", `${"xyz"[k]} = ${plain(at, 4)} ${this.unit}`);
    }
    for (const o of [this.part, this.edges, this.input]) o.material.clippingPlanes = planes;
    this.view.draw();
  }

  pick(event) {
    const r = $("canvas").getBoundingClientRect();
    const x = ((event.clientX - r.left) / r.width) * 2 - 1, y = 1 - ((event.clientY - r.top) / r.height) * 2;
    const from = this.view.camera.position, toward = new THREE.Vector3(x, y, 0.5).unproject(this.view.camera).sub(from).normalize();
    const hit = this.firstHit(from, toward);
    if (!hit) return;
    // a corner near by is what was meant
    let best = hit.point, nearest = 0.02 * this.box.getSize(new THREE.Vector3()).length();
    for (const corner of hit.corners) {
      if (corner.distanceTo(hit.point) < nearest) { nearest = corner.distanceTo(hit.point); best = corner; }
    }
    if (this.points.length === 2) this.clear();
    this.points.push(best);
    this.tell();
  }

  // The nearest triangle of the part on a ray, cut-away ones left out (Moller and
  // Trumbore 1997).
  firstHit(from, toward) {
    const p = this.part.geometry.getAttribute("position").array, index = this.part.geometry.getIndex().array;
    const cut = $("axis").value !== "", at = (k) => new THREE.Vector3(p[3 * k], p[3 * k + 1], p[3 * k + 2]);
    let best = null, nearest = Infinity;
    for (let i = 0; i < index.length; i += 3) {
      const [a, b, c] = [3 * index[i], 3 * index[i + 1], 3 * index[i + 2]];
      const ux = p[b] - p[a], uy = p[b + 1] - p[a + 1], uz = p[b + 2] - p[a + 2];
      const vx = p[c] - p[a], vy = p[c + 1] - p[a + 1], vz = p[c + 2] - p[a + 2];
      const hx = toward.y * vz - toward.z * vy, hy = toward.z * vx - toward.x * vz, hz = toward.x * vy - toward.y * vx;
      const d = ux * hx + uy * hy + uz * hz;
      if (d === 0) continue;
      const sx = from.x - p[a], sy = from.y - p[a + 1], sz = from.z - p[a + 2];
      const u = (sx * hx + sy * hy + sz * hz) / d;
      if (u < 0 || u > 1) continue;
      const qx = sy * uz - sz * uy, qy = sz * ux - sx * uz, qz = sx * uy - sy * ux;
      const v = (toward.x * qx + toward.y * qy + toward.z * qz) / d;
      if (v < 0 || u + v > 1) continue;
      const t = (vx * qx + vy * qy + vz * qz) / d;
      if (t <= 0 || t >= nearest) continue;
      const point = toward.clone().multiplyScalar(t).add(from);
      if (cut && this.plane.normal.dot(point) + this.plane.constant < 0) continue;
      nearest = t;
      best = { point, triangle: i };
    }
    if (best) best.corners = [0, 1, 2].map((k) => at(index[best.triangle + k]));
    return best;
  }

  tell() {
    const [a, b] = this.points, text = (p) => [p.x, p.y, p.z].map((x) => plain(x, 5)).join(", ");
    if (!a) $("reading").textContent = "Click two points of the part";
    else if (!b) $("reading").textContent = `(${text(a)}): click a second point`;
    else {
      const d = b.clone().sub(a);
      $("reading").textContent = `${plain(d.length(), 5)} ${this.unit} — along x ${plain(Math.abs(d.x), 4)}, y ${plain(Math.abs(d.y), 4)}, z ${plain(Math.abs(d.z), 4)}`;
    }
    if (this.line) this.view.content.remove(this.line);
    const places = new Float32Array(this.points.flatMap((q) => [q.x, q.y, q.z]));
    this.line = new THREE.Group();
    const color = themeColor("--bad");
    this.line.add(new THREE.Points(geometryOf(places), new THREE.PointsMaterial({ color, size: 8, sizeAttenuation: false, depthTest: false })));
    this.line.add(new THREE.LineSegments(geometryOf(places), new THREE.LineBasicMaterial({ color, depthTest: false })));
    this.view.content.add(this.line);
    this.view.draw();
  }

  clear() {
    this.points = [];
    this.tell();
  }
}

// Steps of a program: each begins with a comment "# name: what it is" in front of its
// statement; a program without such comments has a step for each sketch it extrudes.
function stepsOf(lines) {
  const steps = [], of = new Array(lines.length).fill(-1);
  for (let i = 0; i < lines.length; ++i) {
    const named = lines[i].match(/^\s+# ([A-Za-z_]\w*): (.+)$/);
    if (named) steps.push({ name: named[1], what: named[2], first: i });
    if (/^\s*return\b|^\S/.test(lines[i]) && i > (steps.at(-1)?.first ?? i)) steps.done ??= i;
    if (steps.length && steps.done === undefined) of[i] = steps.length - 1;
  }
  if (steps.length) return { steps, of };
  lines.forEach((line, i) => {
    const parts = line.match(/extrude|cutBlind|cutThruAll|revolve|\.hole\(/g);
    if (!parts) return;
    steps.push({ name: line.trim().split("=")[0].slice(0, 20), what: parts.join(", ").replaceAll(/[.(]/g, ""), first: i });
    of[i] = steps.length - 1;
  });
  return { steps, of };
}

function showProgram(text) {
  const lines = text.replace(/\n$/, "").split("\n"), { steps, of } = stepsOf(lines);
  let chosen = -1;  // stays lit when the pointer leaves
  const near = (step, on) => {
    for (const e of document.querySelectorAll(`[data-step="${step}"]`)) e.classList.toggle("near", on || step === chosen);
  };
  const choose = (step) => {
    const before = chosen;
    chosen = step;
    near(before, false);
    near(step, true);
  };
  const listen = (element, step) => {
    element.dataset.step = step;
    for (const [type, on] of [["pointerenter", true], ["pointerleave", false], ["focus", true], ["blur", false]]) element.addEventListener(type, () => near(step, on));
  };
  $("code").replaceChildren(...lines.map((line, i) => {
    const span = document.createElement("span");
    span.className = "line";
    span.textContent = line;
    if (of[i] >= 0) {
      listen(span, of[i]);
      span.addEventListener("click", () => { choose(of[i]); select("steps"); $("tree").querySelector(`[data-step="${of[i]}"]`).focus(); });
    }
    return span;
  }));
  $("tree").replaceChildren(...steps.map((step, k) => {
    const item = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.textContent = `${k + 1}. ${step.name} — ${step.what}`;
    listen(button, k);
    button.addEventListener("click", () => {
      select("program");
      const line = $("code").children[step.first];
      $("code").scrollTop = line.offsetTop - $("code").offsetTop - 20;
      choose(k);
    });
    item.append(button);
    return item;
  }));
}

const TABS = ["steps", "program", "sliders", "figures"];
function select(name) {
  for (const t of TABS) {
    const on = t === name;
    $(t).hidden = !on;
    $(`tab-${t}`).setAttribute("aria-selected", String(on));
    $(`tab-${t}`).tabIndex = on ? 0 : -1;
  }
}

let current = null;

const inside = (html, id) => new DOMParser().parseFromString(html, "text/html").getElementById(id)?.textContent;

async function fileText(job, name) {
  return (await call(`/v1/jobs/${job.id}/files/${encodeURIComponent(name)}`)).text();
}

async function download(job, name) {
  const bytes = await (await call(`/v1/jobs/${job.id}/files/${encodeURIComponent(name)}`)).arrayBuffer();
  save(name, bytes, "application/octet-stream");
}

function showFigures(result) {
  const rows = [["verdict", result.verdict], ["volume overlap (IoU)", result.iou], ["chamfer distance (CD × 1000)", result.cd], ["deviation, mean", result.fit?.mean], ["deviation, 95 %", result.fit?.p95], ["greatest", result.fit?.max], ["scan explained", result.fit?.covered], ["candidates judged", result.candidates], ["seconds", result.seconds]];
  $("table").replaceChildren(...rows.filter(([, v]) => v !== undefined && v !== null).map(([name, value]) => {
    const tr = document.createElement("tr"), th = document.createElement("th"), td = document.createElement("td");
    th.scope = "row";
    th.textContent = name;
    td.textContent = typeof value === "number" ? plain(value, 4) : value;
    tr.append(th, td);
    return tr;
  }));
}

async function showJob(job) {
  const result = job.result || {}, files = job.files || [];
  $("result").hidden = false;
  $("title").textContent = job.name;
  $("verdict").textContent = result.verdict || job.state;
  $("verdict").className = `badge ${result.verdict || ""}`;
  $("reason").textContent = result.reason || "";
  const offered = files.filter((f) => /\.(py|step|stl|svg|json)$/.test(f) || /\.html$/.test(f));
  $("downloads").replaceChildren(...offered.map((name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name.replace(/^.*?(\.sliders)?\.(\w+)$/, (_, s, e) => (s ? "sliders page" : e === "html" ? "page" : e));
    button.setAttribute("aria-label", `Download ${button.textContent} (${name})`);
    button.addEventListener("click", () => download(job, name).catch((e) => say(e.message, true)));
    return button;
  }));
  const program = files.find((f) => f.endsWith(".py"));
  showProgram(program ? await fileText(job, program) : "");
  showFigures(result);
  const sliders = files.find((f) => f.endsWith(".sliders.html"));
  $("frame").hidden = !sliders;
  $("no-sliders").hidden = Boolean(sliders);
  if (sliders) $("frame").srcdoc = await fileText(job, sliders);
  const page = files.find((f) => f.endsWith(".html") && !f.endsWith(".sliders.html"));
  const data = page && inside(await fileText(job, page), "data");
  if (data) window.scene.show(JSON.parse(data));
  select("steps");
}

// The job as it stands until it has ended; the stream of events, read with fetch since
// an EventSource cannot carry a token.
async function follow(id) {
  current = id;
  $("work").hidden = false;
  const response = await call(`/v1/jobs/${id}/events`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "", job = null;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    text += value;
    for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) {
      const data = text.slice(0, end).split("\n").find((l) => l.startsWith("data: "));
      if (!data) continue;
      job = JSON.parse(data.slice(6));
      if (current !== id) return reader.cancel();
      const what = { queued: "waiting for its turn", running: job.progress || "at work" }[job.state];
      if (what) say(`${job.name}: ${what}`);
    }
  }
  if (current !== id) return;
  $("work").hidden = true;
  if (!job || job.state === "queued" || job.state === "running") return say("the connection to the service was lost; the job goes on there", true);
  if (job.state === "cancelled") return say(`${job.name}: cancelled`);
  if (job.state === "failed" && !(job.files || []).length) return say(`${job.name}: ${job.error?.message || "failed"}`, true);
  say(`${job.name}: done in ${plain(job.seconds, 3)} s`);
  await showJob(job);
  document.body.dataset.job = job.state;
}

async function upload(file) {
  try {
    delete document.body.dataset.job;
    say(`${file.name}: sending`);
    const response = await call(`/v1/reconstruct?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
    await follow((await response.json()).id);
  } catch (e) {
    $("work").hidden = true;
    say(e instanceof Refused ? e.message : `the service cannot be reached: ${e.message}`, true);
  }
}

async function history() {
  const { jobs } = await (await call("/v1/jobs")).json();
  $("jobs").replaceChildren(...jobs.filter((j) => j.kind === "reconstruct").slice(0, 20).map((j) => {
    const item = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.textContent = `${j.name} — ${j.state}`;
    button.addEventListener("click", () => follow(j.id).catch((e) => say(e.message, true)));
    item.append(button);
    return item;
  }));
}

function listenForFiles() {
  $("file").addEventListener("change", () => $("file").files[0] && upload($("file").files[0]));
  let depth = 0;
  addEventListener("dragenter", (e) => { e.preventDefault(); ++depth; $("over").hidden = false; });
  addEventListener("dragleave", () => { if (--depth <= 0) { depth = 0; $("over").hidden = true; } });
  addEventListener("dragover", (e) => e.preventDefault());
  addEventListener("drop", (e) => {
    e.preventDefault();
    depth = 0;
    $("over").hidden = true;
    if (e.dataTransfer.files[0]) upload(e.dataTransfer.files[0]);
  });
}

function listenForTabs() {
  TABS.forEach((name, i) => {
    $(`tab-${name}`).addEventListener("click", () => select(name));
    $(`tab-${name}`).addEventListener("keydown", (e) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
      if (!step) return;
      const next = TABS[(i + step + TABS.length) % TABS.length];
      select(next);
      $(`tab-${next}`).focus();
    });
  });
}

listenForFiles();
listenForTabs();
$("cancel").addEventListener("click", () => current && call(`/v1/jobs/${current}`, { method: "DELETE" }).catch((e) => say(e.message, true)));
$("history").addEventListener("toggle", () => $("history").open && history().catch((e) => say(e.message, true)));
try {
  window.scene = new Scene(new View($("canvas")));
  document.body.dataset.state = "ready";
} catch (e) {
  say(`This browser cannot show parts (${e.message}); files still come and go.`, true);
  window.scene = { show() {} };
  document.body.dataset.state = "flat";
}
