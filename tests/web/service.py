#!/usr/bin/env python3
"""service.py BINARY: `cadrecode serve` as its clients meet it, the hostile ones too. Standard library only."""
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

BINARY = str(pathlib.Path(sys.argv[1]).resolve())
PROBLEMS = []
BOX = "import cadquery as cq\nr = cq.Workplane().box(1, 2, 3)\n"
LOOP = "import cadquery as cq\nwhile True:\n    pass\n"


def check(good, what):
    print(("ok    " if good else "FAIL  ") + what, flush=True)
    if not good:
        PROBLEMS.append(what)


class Service:
    def __init__(self, folder, *options, token=None):
        environment = {**os.environ, **({"CADRECODE_TOKEN": token} if token else {})}
        self.process = subprocess.Popen([BINARY, "serve", "--port", "0", "--folder", str(folder), *options], stderr=subprocess.PIPE, text=True, env=environment)
        line = self.process.stderr.readline()
        self.port = int(re.search(r":(\d+)/", line).group(1))
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def ask(self, method, path, body=None, headers=None, timeout=60):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        c.request(method, path, body, headers or {})
        r = c.getresponse()
        data = r.read()
        c.close()
        return r.status, data

    def json(self, *arguments, **named):
        status, data = self.ask(*arguments, **named)
        return status, json.loads(data)

    def run(self, code):
        return self.json("POST", "/v1/run", json.dumps({"code": code}))

    def wait(self, id, seconds=90):
        end = time.time() + seconds
        while time.time() < end:
            job = self.json("GET", f"/v1/jobs/{id}")[1]
            if job["state"] not in ("queued", "running"):
                return job
            time.sleep(0.05)
        return job

    def raw(self, data, wait=5.0):
        """Sends bytes as they are; what comes back until the other side closes."""
        s = socket.create_connection(("127.0.0.1", self.port), timeout=wait)
        out = b""
        try:
            s.sendall(data)
            while piece := s.recv(65536):
                out += piece
        except OSError:
            pass
        s.close()
        return out

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        return self.process.wait(20)


def usual(s):
    check(s.json("GET", "/healthz") == (200, {"status": "ok"}), "it answers")
    status, api = s.json("GET", "/v1/openapi.json")
    check(status == 200 and api["openapi"].startswith("3.") and "/v1/reconstruct" in api["paths"], "the API describes itself")
    page = s.ask("GET", "/")[1].decode()
    check("<script src" not in page and "<link" not in page and "http://" not in re.sub(r"https?://www\.w3\.org[^\s\"']*", "", page).split("<script>")[0], "the page is in one piece")
    status, job = s.run(BOX)
    check(status == 202 and job["state"] in ("queued", "running"), "a program is taken")
    job = s.wait(job["id"])
    check(job["state"] == "done" and job["result"]["volume"] == 6.0 and job["files"] == ["result.step", "result.stl"], "and executed")
    status, step = s.ask("GET", f"/v1/jobs/{job['id']}/files/result.step")
    check(status == 200 and step.startswith(b"ISO-10303-21"), "its STEP file comes back")
    events = s.ask("GET", f"/v1/jobs/{job['id']}/events")[1].decode()
    check("event: done\ndata: {" in events, "its events end with its state")
    job = s.wait(s.json("POST", "/v1/metric", json.dumps({"prediction": BOX, "truth": BOX}))[1]["id"])
    check(job["state"] == "done" and abs(job["result"]["iou"] - 1) < 1e-6, f"two programs are compared {job.get('result')}")
    job = s.wait(s.json("POST", "/v1/facts?name=a.py", BOX)[1]["id"])
    check(job["state"] == "done" and job["result"]["volume"] == 6.0, "a part is measured")
    job = s.wait(s.run("r = (")[1]["id"])
    check(job["state"] == "failed" and job["error"]["message"], f"a program that fails says why: {job.get('error')}")
    metrics = s.ask("GET", "/metrics")[1].decode()
    check(re.search(r'^cadrecode_jobs_total\{state="done"\} 3$', metrics, re.M) is not None, "figures for Prometheus")
    check(all(re.match(r"^(# (HELP|TYPE) \w+ .*|\w+(\{\w+=\"\w+\"\})? [-+0-9.e]+)$", line) for line in metrics.splitlines()), "in its format")


def refused(s, done):
    for path in (f"/v1/jobs/{done}/files/..%2f..%2fjobs.sqlite", f"/v1/jobs/{done}/files/../stdout", f"/v1/jobs/{done}/files/%2e%2e%2fstdout", "/v1/jobs/..%2f..%2fetc%2fpasswd",
                 "/v1/jobs/../../etc/passwd", f"/v1/jobs/{done}/files/%2fetc%2fpasswd", "/etc/passwd", "/v1/jobs/zz", "/v1/nothing", "/../../etc/passwd"):
        check(s.ask("GET", path)[0] == 404, f"no way out by {path}")
    for target in ("/%00", "/%zz", "nothing", "/v1/jobs?a=%0"):
        check(s.raw(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()).startswith(b"HTTP/1.1 400"), f"{target} is no address")
    status, job = s.json("POST", "/v1/facts?name=..%2f..%2f..%2fx.py", BOX)
    check(status == 202 and job["name"] == "x.py", "a name with a path loses it")
    s.wait(job["id"])
    check(s.ask("GET", "/v1/jobs", headers={"Host": "evil.example"})[0] == 403, "another host's name")
    check(s.ask("POST", "/v1/run", json.dumps({"code": BOX}), {"Origin": "http://evil.example"})[0] == 403, "another site's page")
    check(s.ask("POST", "/v1/run", "{")[0] == 400 and s.ask("POST", "/v1/run", "[1]")[0] == 400, "no JSON")
    check(s.ask("POST", "/v1/reconstruct?name=a.exe", "x")[0] == 415 and s.ask("POST", "/v1/reconstruct", "x")[0] == 415, "no scan")
    check(s.ask("PUT", "/v1/jobs")[0] == 405 and s.ask("DELETE", f"/v1/jobs/{done}")[0] == 409, "methods that make no sense")


def hostile(s, folder):
    head = b"POST /v1/reconstruct?name=a.stl HTTP/1.1\r\nHost: localhost\r\n"
    started = time.time()
    check(b" 413 " in s.raw(head + b"Content-Length: 10737418240\r\n\r\n" + b"x" * 100000)[:40] and time.time() - started < 4, "10 GB announced are refused unread")
    chunks = b"".join(b"10000\r\n" + b"x" * 65536 + b"\r\n" for _ in range(40))  # 2.6 MB, 1 allowed
    check(b" 413 " in s.raw(head + b"Transfer-Encoding: chunked\r\n\r\n" + chunks)[:40], "endless chunks are refused")
    check(b" 431 " in s.raw(b"GET / HTTP/1.1\r\n" + b"X: " + b"y" * 40000 + b"\r\n\r\n")[:40], "an endless header is refused")
    check(b" 400 " in s.raw(b"\x16\x03\x01\x02\x00\x01\x00" + b"\r\n\r\n")[:40], "another protocol")
    check(s.raw(head + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")[:12] in (b"HTTP/1.1 400", b""), "two lengths are no length")
    for cut in (10, len(head), len(head) + 30):
        c = socket.create_connection(("127.0.0.1", s.port))
        c.sendall((head + b"Content-Length: 1000000\r\n\r\n" + b"x" * 1000)[:cut])
        c.close()
    bomb = folder / "bomb.3mf"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", "<Types/>")
        z.writestr("3D/3dmodel.model", b"<model>" + b" " * (600 << 20))
    check(bomb.stat().st_size < 1 << 20, f"a bomb of {bomb.stat().st_size} bytes is made")
    started = time.time()
    status, job = s.json("POST", "/v1/facts?name=bomb.3mf", bomb.read_bytes())
    job = s.wait(job["id"])
    check(job["state"] == "failed", f"and costs its own job only, {time.time() - started:.1f} s: {job.get('error')}")
    job = s.wait(s.json("POST", "/v1/facts?name=a.stl", os.urandom(5000))[1]["id"])
    check(job["state"] == "failed", f"noise instead of a mesh: {job.get('error')}")
    slow = [socket.create_connection(("127.0.0.1", s.port)) for _ in range(40)]
    for c in slow:
        c.sendall(b"GET / HTTP/1.1\r\nHost: loc")
    check(s.ask("GET", "/healthz", timeout=3)[0] == 200, "slow senders keep nobody waiting")
    started, closed = time.time(), 0
    while time.time() - started < 9:
        for c in slow:
            try:
                c.sendall(b"a")
            except OSError:
                pass
        time.sleep(1)
    time.sleep(4)
    for c in slow:
        c.settimeout(2)
        try:
            closed += c.recv(1) == b""
        except ConnectionError:
            closed += 1
        except OSError:
            pass
        c.close()
    check(closed == len(slow), f"{closed} of {len(slow)} slow senders are sent away in time")
    check(not list((folder / "jobs/spool").iterdir()), "nothing is left of what was refused")
    check(s.ask("GET", "/healthz")[0] == 200, "it still answers")


def queue_and_restart(folder):
    s = Service(folder, "--queue", "3")
    first = s.run(LOOP)[1]["id"]
    for _ in range(100):
        if s.json("GET", f"/v1/jobs/{first}")[1]["state"] == "running":
            break
        time.sleep(0.05)
    waiting = [s.run(BOX) for _ in range(4)]
    check([status for status, _ in waiting] == [202, 202, 202, 503], "a full queue refuses")
    check(s.json("DELETE", f"/v1/jobs/{waiting[0][1]['id']}")[1]["state"] == "cancelled", "a waiting job is cancelled")
    check(s.end() == 0, "it stops when told to")
    s = Service(folder, "--queue", "3")
    states = {j["id"]: j["state"] for j in s.json("GET", "/v1/jobs")[1]["jobs"]}
    check(len(states) == 4 and states[first] in ("running", "queued"), f"a restart loses no job {sorted(states.values())}")
    s.ask("DELETE", f"/v1/jobs/{first}")
    check(s.wait(first)["state"] == "cancelled", "a running job is cancelled")
    check(s.wait(waiting[1][1]["id"])["state"] == "done", "the others are done")
    last = s.run(BOX)[1]["id"]
    s.end(signal.SIGKILL)
    s = Service(folder)
    check(s.wait(last)["state"] == "done", "not even a killed service loses one")
    s.end()


def tokens(folder):
    run = subprocess.run([BINARY, "serve", "--address", "0.0.0.0", "--folder", str(folder)], capture_output=True, text=True)
    check(run.returncode == 3 and "CADRECODE_TOKEN" in run.stderr, "open to others only with a token")
    s = Service(folder, token="secret")
    good = {"Authorization": "Bearer secret"}
    check(s.ask("GET", "/v1/jobs")[0] == 401 and s.ask("GET", "/metrics")[0] == 401, "no token, no answer")
    check(s.ask("GET", "/v1/jobs", headers={"Authorization": "Bearer secreT"})[0] == 401, "nor with another")
    check(s.ask("GET", "/v1/jobs", headers=good)[0] == 200 and s.ask("GET", "/")[0] == 200, "with it all is well, and the page comes without")
    check(s.ask("POST", "/v1/run", json.dumps({"code": "import os\nr = os.environ"}), good)[0] == 202, "jobs are taken")
    s.end()


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        s = Service(folder / "jobs", "--max-upload", "1")
        usual(s)
        refused(s, s.json("GET", "/v1/jobs")[1]["jobs"][-1]["id"])
        hostile(s, folder)
        check(s.end() == 0, "it stops cleanly")
        queue_and_restart(folder / "queue")
        tokens(folder / "token")
    print(f"{len(PROBLEMS)} problems")
    sys.exit(1 if PROBLEMS else 0)


if __name__ == "__main__":
    main()
