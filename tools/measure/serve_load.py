#!/usr/bin/env python3
"""serve_load.py BINARY [CLIENTS] [SECONDS]: mixed good and hostile clients against one `cadrecode serve`.

Each client in turn runs a program, measures one, asks for a job that is not there, sends noise as a mesh, announces
10 GB, or cuts its connection. Reports answers by kind, jobs lost (taken, never ended), p50 and p95 of the time to a
finished good job and of /healthz, and the service's resident memory through the run. Standard library only.
"""
import collections
import http.client
import json
import os
import pathlib
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time

binary = str(pathlib.Path(sys.argv[1]).resolve())
clients = int(sys.argv[2]) if len(sys.argv) > 2 else 64
seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 600
lock = threading.Lock()
counts = collections.Counter()
taken, times, pings = [], [], []


def ask(port, method, path, body=None, timeout=120):
    c = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    c.request(method, path, body)
    r = c.getresponse()
    data = r.read()
    c.close()
    return r.status, data


def good(port, rng):
    code = f"import cadquery as cq\nr = cq.Workplane().box({rng.randint(1, 90)}, 20, 3).faces('>Z').workplane().hole(1.5)\n"
    start = time.time()
    if rng.random() < 0.5:
        status, data = ask(port, "POST", "/v1/run", json.dumps({"code": code}))
    else:
        status, data = ask(port, "POST", "/v1/facts?name=part.py", code)
    if status == 503:
        counts["busy"] += 1
        time.sleep(0.5)
        return
    id = json.loads(data)["id"]
    with lock:
        taken.append(id)
    while True:
        job = json.loads(ask(port, "GET", f"/v1/jobs/{id}")[1])
        if job["state"] not in ("queued", "running"):
            break
        time.sleep(0.1)
    counts[f"good {job['state']}"] += 1
    with lock:
        times.append(time.time() - start)


def hostile(port, rng):
    kind = rng.choice(["nothing", "noise", "huge", "cut", "path"])
    if kind == "nothing":
        counts[f"nothing {ask(port, 'GET', '/v1/jobs/' + '0' * 32)[0]}"] += 1
    elif kind == "path":
        counts[f"path {ask(port, 'GET', '/v1/jobs/..%2f..%2fetc%2fpasswd')[0]}"] += 1
    elif kind == "noise":
        status, data = ask(port, "POST", "/v1/facts?name=a.stl", rng.randbytes(3000))
        counts[f"noise {status}"] += 1
        if status == 202:
            with lock:
                taken.append(json.loads(data)["id"])
    else:
        s = socket.create_connection(("127.0.0.1", port), timeout=20)
        length = 10 << 30 if kind == "huge" else 100000
        s.sendall(b"POST /v1/facts?name=a.stl HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n\r\nabc" % length)
        counts[f"huge {s.recv(12)[-3:].decode()}" if kind == "huge" else "cut"] += 1
        s.close()


def client(port, seed, end):
    rng = random.Random(seed)
    while time.time() < end:
        try:
            (good if rng.random() < 0.5 else hostile)(port, rng)
        except Exception as error:  # what a client sees go wrong
            counts[f"client error {type(error).__name__}"] += 1


def resident(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024


def share(values, q):
    return sorted(values)[min(len(values) - 1, int(q * len(values)))] if values else float("nan")


with tempfile.TemporaryDirectory() as folder:
    service = subprocess.Popen([binary, "serve", "--port", "0", "--folder", folder, "--queue", "200", "--max-upload", "16"], stderr=subprocess.PIPE, text=True)
    port = int(re.search(r":(\d+)/", service.stderr.readline()).group(1))
    end = time.time() + seconds
    threads = [threading.Thread(target=client, args=(port, i, end)) for i in range(clients)]
    for t in threads:
        t.start()
    memory = []
    while time.time() < end:
        start = time.time()
        ask(port, "GET", "/healthz")
        pings.append(time.time() - start)
        memory.append(resident(service.pid))
        time.sleep(1)
    for t in threads:
        t.join()
    while any(j["state"] in ("queued", "running") for j in json.loads(ask(port, "GET", "/v1/jobs")[1])["jobs"]):
        time.sleep(0.2)
    lost = [id for id in taken if json.loads(ask(port, "GET", f"/v1/jobs/{id}")[1]).get("state") not in ("done", "failed")]
    service.terminate()
    code = service.wait(30)
    third = len(memory) // 3 or 1
    print(json.dumps({"clients": clients, "seconds": seconds, "taken": len(taken), "lost": len(lost), "exit": code, "answers": dict(sorted(counts.items())),
                      "job_seconds": {"p50": round(share(times, 0.5), 2), "p95": round(share(times, 0.95), 2)},
                      "healthz_ms": {"p50": round(1000 * share(pings, 0.5), 1), "p95": round(1000 * share(pings, 0.95), 1)},
                      "resident_mb": {"first third": round(sum(memory[:third]) / third, 1), "last third": round(sum(memory[-third:]) / third, 1), "most": round(max(memory), 1)}}, indent=1))
