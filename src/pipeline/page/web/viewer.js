// The view every page shares: a scene one can turn, drawn only when something changes.
"use strict";

class View {
  constructor(canvas) {
    this.canvas = canvas;
    this.renderer = new THREE.WebGLRenderer({ canvas, antialias: true, alpha: true, preserveDrawingBuffer: true });
    this.scene = new THREE.Scene();
    this.camera = new THREE.PerspectiveCamera(28, 1, 0.1, 10);
    this.camera.up.set(0, 0, 1);
    this.controls = new THREE.OrbitControls(this.camera, canvas);
    this.controls.addEventListener("change", () => this.draw());
    this.content = new THREE.Group();
    const sky = new THREE.HemisphereLight(0xffffff, 0x5a6472, 1.7);
    sky.position.set(0, 0, 1);
    this.scene.add(this.content, sky);
    const key = new THREE.DirectionalLight(0xffffff, 2.3);
    key.position.set(-0.9, 0.9, 0.35);  // over the viewer's left shoulder, whatever is turned
    this.camera.add(key);
    this.scene.add(this.camera);
    this.sphere = new THREE.Sphere(new THREE.Vector3(), 1);
    new ResizeObserver(() => this.fit()).observe(canvas.parentElement);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    canvas.tabIndex = 0;
    canvas.addEventListener("keydown", (e) => this.key(e));
    this.fit();
  }

  fit() {
    const { clientWidth: w, clientHeight: h } = this.canvas.parentElement;
    if (!w || !h) return;
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
    this.renderer.setSize(w, h, false);
    this.camera.aspect = w / h;
    this.camera.updateProjectionMatrix();
    this.draw();
  }

  // Arrows turn, + and - come closer and go away, 0 shows all.
  key(event) {
    const turns = { ArrowLeft: [-0.12, 0], ArrowRight: [0.12, 0], ArrowUp: [0, -0.12], ArrowDown: [0, 0.12] };
    const from = this.camera.position.clone().sub(this.controls.target);
    if (turns[event.key]) {
      const [around, over] = turns[event.key];
      const flat = Math.hypot(from.x, from.y), r = from.length();
      const a = Math.atan2(from.y, from.x) + around;
      const e = Math.min(1.55, Math.max(-1.55, Math.atan2(from.z, flat) - over));
      from.set(r * Math.cos(e) * Math.cos(a), r * Math.cos(e) * Math.sin(a), r * Math.sin(e));
    } else if (event.key === "+" || event.key === "=") from.multiplyScalar(0.9);
    else if (event.key === "-") from.multiplyScalar(1.1);
    else if (event.key === "0") return this.look();
    else return;
    event.preventDefault();
    this.camera.position.copy(this.controls.target).add(from);
    this.controls.update();
    this.draw();
  }

  // Shows all of `sphere` from the given direction.
  look(sphere = this.sphere, direction = [-0.62, -1, 0.62]) {
    this.sphere = sphere;
    const narrow = Math.min(1, this.camera.aspect || 1);
    const distance = (1.12 * sphere.radius) / Math.sin((this.camera.fov * Math.PI) / 360) / narrow;
    const d = new THREE.Vector3(...direction).normalize().multiplyScalar(distance);
    this.camera.position.copy(sphere.center).add(d);
    this.camera.near = Math.max(distance - 20 * sphere.radius, distance / 200);
    this.camera.far = distance + 20 * sphere.radius;
    this.camera.updateProjectionMatrix();
    this.controls.target.copy(sphere.center);
    this.controls.update();
    this.draw();
  }

  draw() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.renderer.render(this.scene, this.camera);
    });
  }
}

// Tells what a colour variable of the page is now (it differs in the dark).
const themeColor = (name) => new THREE.Color(getComputedStyle(document.documentElement).getPropertyValue(name).trim());

// The creases of an indexed mesh, as pairs of points.
function creases(positions, triangles, degrees = 28) {
  const limit = Math.cos((degrees * Math.PI) / 180), count = triangles.length / 3;
  const normals = new Float32Array(count * 3);
  for (let t = 0; t < count; ++t) {
    const [a, b, c] = [0, 1, 2].map((k) => 3 * triangles[3 * t + k]);
    const u = [0, 1, 2].map((k) => positions[b + k] - positions[a + k]);
    const v = [0, 1, 2].map((k) => positions[c + k] - positions[a + k]);
    const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    const l = Math.hypot(...n) || 1;
    for (let k = 0; k < 3; ++k) normals[3 * t + k] = n[k] / l;
  }
  const first = new Map(), out = [];
  const vertices = positions.length / 3;
  for (let t = 0; t < count; ++t) {
    for (let k = 0; k < 3; ++k) {
      const a = triangles[3 * t + k], b = triangles[3 * t + ((k + 1) % 3)];
      const key = Math.min(a, b) * vertices + Math.max(a, b), other = first.get(key);
      if (other === undefined) { first.set(key, t); continue; }
      first.delete(key);
      const dot = normals[3 * t] * normals[3 * other] + normals[3 * t + 1] * normals[3 * other + 1] + normals[3 * t + 2] * normals[3 * other + 2];
      if (dot < limit) out.push(...positions.subarray(3 * a, 3 * a + 3), ...positions.subarray(3 * b, 3 * b + 3));
    }
  }
  return new Float32Array(out);
}

function save(name, bytes, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
}

const bytesOf = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const plain = (x, digits = 6) => String(Number(Number(x).toPrecision(digits)));
