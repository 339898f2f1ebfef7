#!/usr/bin/env python3
"""cluster.py BINARY kills|shards|mpi|slurm [--kills N] [--config F.yaml]: one benchmark, many ways, the same bytes.

A small benchmark (programs as truths, two candidates each, some of which fail;
stored answers, a tiny model, and `fit`) is run whole. Then again
    kills   killed (SIGKILL) N times at random moments and started again
    shards  as 7 shares, in another order, one of them killed and run again; and
            what must be refused is tried: a share missing, begun, or mixed in
    mpi     under mpirun (Open MPI), four ranks
    slurm   as an array of 7 under a Slurm of this machine alone (slurmctld, slurmd,
            munge, started here); one task is killed in the middle and requeued, one
            is requeued while it runs
and every file of the report and the rows must be equal byte by byte. Without
mpirun, or Slurm and root, the last two are skipped, loudly.

With --config the benchmark is that one: how docs/results.md was measured.
"""
import argparse
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/cli"))
import tiny_model  # noqa: E402

FILES = ["report.md", "report.csv", "report.tex", "report.html", "rows.jsonl", "predictions.jsonl", "settings.json"]
SHARES = 7
SKIP = 77


def skip(what):
    print(f"cluster: SKIPPED, {what}", file=sys.stderr)
    sys.exit(SKIP)


# ---- the benchmark -----------------------------------------------------------

def plate(i, k):
    """A plate with holes; candidate k is a little off, every ninth no program at all."""
    if k >= 0 and (2 * i + k) % 9 == 4:
        return "import cadquery as cq\nr = cq.Workplane().box(1, 2"
    if k >= 0 and (2 * i + k) % 13 == 6:
        return "import cadquery as cq\nr = cq.Workplane().box(10, 20, 30).edges('|Z').fillet(40)\n"
    width, height, off = 60 + i % 17, 30 + i % 11, 0 if k < 0 else (i + 3 * k) % 5
    holes = "".join(f".moveTo({x * 9 - 18},{off}).circle({2 + (i + x) % 2})" for x in range(4))
    return (f"import cadquery as cq\nr = cq.Workplane('XY').rect({width + off},{height}).extrude({5 + i % 4})\n"
            f"r = r.cut(cq.Workplane('XY'){holes}.extrude(20))\n")


def make_benchmark(folder, parts):
    """The YAML's path; data, answers and model lie beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "truth.jsonl", "w") as truth, open(folder / "answers.jsonl", "w") as answers:
        for i in range(parts):
            truth.write(json.dumps({"id": f"p{i:03}", "code": plate(i, -1)}) + "\n")
            for k in range(2 if i % 10 else 0):
                answers.write(json.dumps({"id": f"p{i:03}", "sample": k, "code": plate(i, k)}) + "\n")
    for name, content in tiny_model.files("model").items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    config = folder / "bench.yaml"
    config.write_text(f"""title: A benchmark that is killed
data:
  - {{name: plates, path: {folder}/truth.jsonl}}
systems:
  - {{name: answers, predictions: {folder}/answers.jsonl}}
  - {{name: tiny, model: {folder}/model, temperature: 1, points: 32, max_new_tokens: 24}}
  - {{name: fit, fit: true, candidates: 1}}
protocol: [cadrecode, fixed-scale, opencadrecode]
candidates: 2
metric_points: 1024
iou_error: 0.01
points: 64
bootstrap: 200
gallery: 3
""")
    return config


def command(binary, config, out, *more, block=4):
    return [str(binary), "benchmark", "--config", str(config), "-o", str(out), "--block", str(block), "--threads", "2", *more]


def run(arguments, codes=(0,), **more):
    done = subprocess.run(arguments, capture_output=True, text=True, **more)
    if done.returncode not in codes:
        sys.exit(f"{' '.join(map(str, arguments))}\nexit {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done


def digests(out):
    return {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in FILES}


def compare(whole, other, what):
    a, b = digests(whole), digests(other)
    wrong = [name for name in FILES if a[name] != b[name]]
    left = sorted(p.name for p in other.glob("*-of-*"))
    if wrong or left:
        pair = [(folder / "rows.jsonl").read_text().splitlines() for folder in (whole, other)]
        for line, (x, y) in enumerate(zip(*pair), 1):
            if x != y:
                print(f"rows.jsonl:{line}\n  {x}\n  {y}")
        sys.exit(f"{what}: differing {wrong}, left behind {left}")
    print(f"{what}: {len(FILES)} files equal, report.md {a['report.md'][:16]}")


# ---- ways --------------------------------------------------------------------

def kills(options, work, config, whole, seconds):
    out, rng, killed = work / "killed", random.Random(options.seed), 0
    while killed < options.kills:
        process = subprocess.Popen(command(options.binary, config, out), stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            process.wait(timeout=rng.uniform(0.02, 1.0) * max(0.3, 2.5 * seconds / options.kills))
            # It was through before the blow fell: one answer less, so that there is more to kill.
            cut_some(out, rng)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            killed += 1
    run(command(options.binary, config, out))
    compare(whole, out, f"killed {killed} times")


def cut_some(out, rng):
    """Takes the end off the rows and answers, in the middle of a line or not."""
    for name in ("rows.jsonl", "predictions.jsonl"):
        path = out / name
        if path.exists():
            with open(path, "r+b") as file:
                file.truncate(int(path.stat().st_size * rng.uniform(0.2, 0.9)))


def refused(options, out, words):
    done = run([str(options.binary), "report", str(out)], codes=(3,))
    if not all(word in done.stderr for word in words):
        sys.exit(f"refused, but without {words}: {done.stderr}")


def shards(options, work, config, whole, seconds):
    out = work / "shards"
    for i in (3, 0, 6, 5, 1, 4):
        run(command(options.binary, config, out, "--shard", f"{i}/{SHARES}"))
    refused(options, out, ["2/7"])
    process = subprocess.Popen(command(options.binary, config, out, "--shard", f"2/{SHARES}", block=1), stderr=subprocess.DEVNULL)
    rows = out / f"rows-2-of-{SHARES}.jsonl"
    while process.poll() is None and not (rows.exists() and rows.stat().st_size):
        time.sleep(0.005)
    process.kill()
    process.wait()
    refused(options, out, ["missing", "2/7"])
    run(command(options.binary, config, out, "--shard", f"2/{SHARES}"))
    shutil.copy(out / f"settings-2-of-{SHARES}.json", out / "settings-1-of-3.json")
    refused(options, out, ["different divisions"])
    (out / "settings-1-of-3.json").unlink()
    kept = (out / f"settings-2-of-{SHARES}.json").read_text()
    (out / f"settings-2-of-{SHARES}.json").write_text(kept.replace('"points": 1024', '"points": 512'))
    refused(options, out, ["other settings"])
    (out / f"settings-2-of-{SHARES}.json").write_text(kept)
    run([str(options.binary), "report", str(out)])
    compare(whole, out, f"{SHARES} shards")


def mpi(options, work, config, whole, seconds):
    if not shutil.which("mpirun"):
        skip("mpirun is missing (openmpi-bin)")
    out = work / "mpi"
    run(["mpirun", "--allow-run-as-root", "--oversubscribe", "-n", "4", *command(options.binary, config, out, "--shard", "auto")],
        env={**os.environ, "OMPI_MCA_plm_rsh_agent": "sh", "OMPI_MCA_rmaps_base_oversubscribe": "1"})
    run([str(options.binary), "report", str(out)])
    compare(whole, out, "mpirun -n 4")


class Slurm:
    """munged, slurmctld and slurmd of this test alone, in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        for name in ("run", "state", "spool"):
            (folder / name).mkdir(parents=True)
        key = folder / "munge.key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o400)
        os.environ["SLURM_CONF"] = str(folder / "slurm.conf")
        host = socket.gethostname().split(".")[0]
        ports = []
        for _ in range(2):
            with socket.socket() as s:
                s.bind(("127.0.0.1", 0))
                ports.append(s.getsockname()[1])
        (folder / "cgroup.conf").write_text("CgroupPlugin=cgroup/v1\n")
        (folder / "slurm.conf").write_text(f"""ClusterName=test
SlurmctldHost={host}(127.0.0.1)
AuthType=auth/munge
AuthInfo=socket={folder}/run/munge.socket
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
SlurmctldPidFile={folder}/run/slurmctld.pid
SlurmdPidFile={folder}/run/slurmd.pid
SlurmctldLogFile={folder}/run/slurmctld.log
SlurmdLogFile={folder}/run/slurmd.log
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmdParameters=config_overrides
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
KillWait=2
MinJobAge=600
SchedulerParameters=batch_sched_delay=0,sched_interval=1,requeue_delay=1
NodeName={host} NodeAddr=127.0.0.1 CPUs=3 RealMemory=1000 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
""")
        run(["munged", "--force", f"--key-file={key}", f"--socket={folder}/run/munge.socket", f"--pid-file={folder}/run/munged.pid",
             f"--log-file={folder}/run/munged.log", f"--seed-file={folder}/run/munge.seed"])
        run(["slurmctld", "-c", "-i"])
        run(["slurmd", "-c"])
        self.wait(lambda: "idle" in self.ask("sinfo", "-h", "-o", "%T"), "the node never came up", 60)

    def ask(self, *arguments):
        return subprocess.run(arguments, capture_output=True, text=True).stdout

    def wait(self, there, what, seconds):
        end = time.time() + seconds
        while not there():
            if time.time() > end:
                logs = "\n".join(f"{p.name}: {p.read_text()[-1500:]}" for p in (self.folder / "run").glob("slurm*.log"))
                sys.exit(f"slurm: {what}\n{self.ask('squeue')}\n{logs}")
            time.sleep(0.1)

    def stop(self):
        self.ask("scancel", "--full", "-u", "root")
        for name in ("slurmd", "slurmctld", "munged"):
            try:
                os.kill(int((self.folder / f"run/{name}.pid").read_text()), signal.SIGTERM)
            except (OSError, ValueError):
                pass
        time.sleep(1)


def process_of(task, binary):
    """The pid of our program in this task of the array."""
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            environment = (entry / "environ").read_bytes().split(b"\0")
            arguments = (entry / "cmdline").read_bytes().split(b"\0")
            parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            of_shell = pathlib.Path(f"/proc/{parent}/exe").resolve().name != binary.name
        except OSError:
            continue
        if f"SLURM_ARRAY_TASK_ID={task}".encode() in environment and os.fsencode(binary) == arguments[0] and of_shell:
            return int(entry.name)
    return None


def slurm(options, work, config, whole, seconds):
    missing = [name for name in ("munged", "slurmctld", "slurmd", "sbatch") if not shutil.which(name)]
    if missing:
        skip(f"{', '.join(missing)} missing (munge, slurmctld, slurmd, slurm-client)")
    if os.geteuid() != 0:
        skip("a Slurm of one's own needs root")
    out, cluster = work / "slurm", None
    try:
        cluster = Slurm(work / "cluster")
        environment = {**os.environ, "CADRECODE": str(options.binary)}
        done = run(["sbatch", "--parsable", f"--array=0-{SHARES - 1}", "--cpus-per-task=1", f"--output={work}/task-%a.log",
                    str(ROOT / "scripts/slurm/benchmark.sbatch"), str(config), str(out), "--block", "1"], env=environment)
        job = done.stdout.strip()
        struck = {}
        for task, kill in ((1, True), (4, False)):
            rows = out / f"rows-{task}-of-{SHARES}.jsonl"
            cluster.wait(lambda: rows.exists() and rows.stat().st_size > 0, f"task {task} wrote nothing", 300)
            before = rows.stat().st_size
            if kill:  # as the memory killer would
                pid = process_of(task, options.binary)
                if pid is None:
                    sys.exit(f"slurm: task {task} was through before it could be killed: take more parts")
                os.kill(pid, signal.SIGKILL)
                cluster.wait(lambda: f"{job}_{task}" not in cluster.ask("squeue", "-h", "-r", "-o", "%i"), "the killed task stays", 60)
            run(["scontrol", "requeue", f"{job}_{task}"])
            struck[task] = before
        cluster.wait(lambda: not cluster.ask("squeue", "-h", "-t", "all", "-r", "-o", "%T").replace("COMPLETED", "").strip(), "the array does not end", 500)
        for task, before in struck.items():
            print(f"slurm: task {task} struck after {before} bytes of rows, requeued, done")
        run([str(options.binary), "report", str(out)])
        compare(whole, out, f"Slurm array of {SHARES}")
    finally:
        if cluster:
            cluster.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", type=lambda p: pathlib.Path(p).resolve())
    parser.add_argument("way", choices=["kills", "shards", "mpi", "slurm"], nargs="+")
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--parts", type=int, default=28)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--config", type=lambda p: pathlib.Path(p).resolve())
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        config = options.config or make_benchmark(work / "bench", options.parts)
        start = time.time()
        run(command(options.binary, config, work / "whole", block=64))
        seconds = time.time() - start
        print(f"whole: {seconds:.1f} s")
        for way in options.way:
            globals()[way](options, work, config, work / "whole", seconds)


if __name__ == "__main__":
    main()
