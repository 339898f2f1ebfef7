#!/usr/bin/env python3
"""ask_model.py BINARY: `cadrecode ask --model` and `--edit` against a scripted server. Standard library only."""
import http.server
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading

BINARY = str(pathlib.Path(sys.argv[1]).resolve())
PLATE = "import cadquery as cq\n\n# a plate\nhole = 6\nr = cq.Workplane().box(60, 40, 8).faces('>Z').workplane().rect(40, 20, forConstruction=True).vertices().hole(hole)\n"
PROBLEMS, SCRIPT, ASKED = [], [], []


def check(good, what):
    print(("ok    " if good else "FAIL  ") + what)
    if not good:
        PROBLEMS.append(what)


class Server(http.server.BaseHTTPRequestHandler):
    """Answers with what SCRIPT holds: a text, or a (name, arguments) to call."""

    def do_POST(self):
        ASKED.append((self.headers.get("authorization"), json.loads(self.rfile.read(int(self.headers["content-length"])))))
        step = SCRIPT.pop(0)
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        if isinstance(step, tuple):
            self.event({"tool_calls": [{"index": 0, "id": "c", "function": {"name": step[0], "arguments": json.dumps(step[1])}}]}, "tool_calls")
        else:
            for word in step.split(" "):
                self.event({"content": word + " "})
            self.event({}, "stop")
        self.wfile.write(b'data: {"choices":[],"usage":{"prompt_tokens":1000,"completion_tokens":100}}\n\ndata: [DONE]\n\n')

    def event(self, delta, finish=None):
        self.wfile.write(f"data: {json.dumps({'choices': [{'delta': delta, 'finish_reason': finish}]})}\n\n".encode())

    def log_message(self, *ignored):
        pass


def ask(folder, *arguments, script=(), text=None):
    SCRIPT[:] = script
    ASKED.clear()
    environment = {**os.environ, "OPENAI_BASE_URL": f"http://127.0.0.1:{server.server_port}/v1", "MY_KEY": "sesame"}
    return subprocess.run([BINARY, "ask", *arguments, "--key-variable", "MY_KEY", "--model", "m"], cwd=folder, env=environment, capture_output=True, text=True, input=text)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
with tempfile.TemporaryDirectory() as folder:
    plate = pathlib.Path(folder) / "plate.py"
    plate.write_text(PLATE)
    run = ask(folder, "plate.py", "how far apart are the holes?", "--price", "1,10", script=[("select", {"of": "hole", "property": "distance", "reduce": "min"}), "The nearest are 20 mm apart."])
    check(run.returncode == 0 and "20 mm apart" in run.stdout, f"the model answers {run.stdout!r}")
    check('"answer":20' in ASKED[1][1]["messages"][-1]["content"], "from a measuring function")
    check("cost 0.0040" in run.stderr and "sesame" not in run.stderr + run.stdout and ASKED[0][0] == "Bearer sesame", "the cost is shown, the key is not")
    check("hole = 6" in ASKED[0][1]["messages"][1]["content"] and "plain hole ⌀6" in ASKED[0][1]["messages"][1]["content"], "it was given program and facts")
    ask(folder, "plate.py", "?", "--context", "facts", script=["x"])
    check("hole = 6" not in ASKED[0][1]["messages"][1]["content"], "or only the facts")

    good = "Done.\n```python\n" + PLATE.replace("hole = 6", "hole = 7") + "```"
    broken = "Done.\n```python\n" + PLATE.replace("hole = 6", "hole = nothing") + "```"
    run = ask(folder, "plate.py", "--edit", "make the holes 7 mm", script=[good], text="")
    check(run.returncode == 1 and plate.read_text() == PLATE and "-hole = 6\n+hole = 7" in run.stdout, "a change is shown and not kept without a yes")
    check("gone: 4 × plain hole ⌀6" in run.stdout and "new: 4 × plain hole ⌀7" in run.stdout and "volume: " in run.stdout, "with the facts that change")
    run = ask(folder, "plate.py", "--edit", "make the holes 7 mm", "--yes", "--json", script=[broken, good])
    row = json.loads(run.stdout)
    check(run.returncode == 0 and row["kept"] and row["requests"] == 2, "a program that fails goes back to the model")
    check("nothing" in ASKED[1][1]["messages"][-1]["content"] and "line 4" in ASKED[1][1]["messages"][-1]["content"], f"with its error {ASKED[1][1]['messages'][-1]['content']!r}")
    check(plate.read_text() == PLATE.replace("hole = 6", "hole = 7"), "and nothing but the change is written")
    run = ask(folder, "plate.py", "--edit", "x", "--yes", script=[broken, "I cannot.", broken])
    check(run.returncode == 3 and "in 3 attempts" in run.stderr and "hole = 7" in plate.read_text(), "three failures change nothing")
    run = ask(folder, "plate.py", "--edit", "x", "--yes", script=["```python\n" + plate.read_text() + "```"])
    check(run.returncode == 1 and "changed nothing" in run.stderr, "no change is no change")
    stolen = "```python\nimport cadquery as cq\nr = cq.Workplane().box(1, 1, float(open('/etc/hostname').read() or 1))\n```"
    run = ask(folder, "plate.py", "--edit", "x", "--yes", script=[stolen] * 3)
    check(run.returncode == 3, f"the sandbox holds: {run.stderr.strip()[-120:]}")
    (pathlib.Path(folder) / "a.stl").write_text("solid x\nendsolid x\n")
    run = ask(folder, "a.stl", "--edit", "x")
    check(run.returncode == 4 and "reconstruct a.stl" in run.stderr, "a mesh is no program")
print(f"{len(PROBLEMS)} problems")
sys.exit(1 if PROBLEMS else 0)
