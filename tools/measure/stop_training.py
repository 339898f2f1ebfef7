#!/usr/bin/env python3
"""Whether training survives being stopped: kill -9 at random moments, SIGTERM, a full disk.

    tools/measure/stop_training.py BUILD/bin/cadrecode-train [--kills 10] [--steps 60] [--seed 0]

One undisturbed run, then the same one disturbed; the final weights and every logged loss must
be the same to the bit. The full disk needs root (a tmpfs of its own) and is left out, in words,
without. Exits 1 where anything differs.
"""
import argparse
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import train_common as common

COMMON = dict(mixed_precision="fp32", n_points=8, batch_size=4, warmup_steps=5, learning_rate=5e-3, max_seq_length=400,
              logging_steps=5, save_steps=4, eval_steps=30, eval_parts=0, num_workers=2, threads=1)


def settings(root, name, args):
    return dict(COMMON, base_model_name=root / "base", model_save_path=root / name, max_steps=args.steps)


def start(args, run):
    return subprocess.Popen([args.program, "train", *common.words(run)], stdout=subprocess.DEVNULL,
                            stderr=subprocess.PIPE)


def same(root, a, b, logs=True):
    """What differs between two finished runs, in words; nothing where they are equal."""
    if not (root / b / "model.safetensors").exists():
        return "it did not finish"
    if (root / a / "model.safetensors").read_bytes() != (root / b / "model.safetensors").read_bytes():
        return "the weights differ"
    losses = [[(r["step"], r.get("loss"), r.get("eval_loss")) for r in common.rows(root / n)] for n in (a, b)]
    return "" if losses[0] == losses[1] or not logs else "the logs differ"


def killed(root, args, span, rng):
    run, kills, finished = settings(root, "killed", args), 0, 0
    while kills < args.kills:
        process = start(args, run)
        try:
            process.wait(rng.uniform(0, span))
            finished += 1
            if finished > 1:
                break  # it ended before it could be killed often enough
            shutil.rmtree(root / "killed")
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            kills += 1
    process = start(args, run)
    process.communicate()
    return kills, same(root, "whole", "killed")


def told(root, args, span, rng):
    run, stops = settings(root, "told", args), 0
    for _ in range(4):
        process = start(args, run)
        try:
            process.wait(rng.uniform(0.2, 0.6) * span)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGTERM)
            process.communicate()
            stops += process.returncode == 130
    process = start(args, run)
    process.communicate()
    return stops, same(root, "whole", "told")


def full_disk(root, args):
    """A tmpfs that is full from the second checkpoint on, until a save has failed."""
    disk = root / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk], check=True)
    try:
        run = dict(settings(root, "full", args), model_save_path=disk / "run")
        process, failed = start(args, run), 0
        while process.poll() is None and not (disk / "run" / "checkpoint-8").exists():
            time.sleep(0.002)
        try:
            with open(disk / "filler", "wb", buffering=0) as filler:
                while filler.write(b"x" * 65536):
                    pass
        except OSError:
            pass
        for line in process.stderr:
            if b"could not be saved" in line:
                failed += 1
                (disk / "filler").unlink(missing_ok=True)
        process.wait()
        shutil.copytree(disk / "run", root / "full")
        return failed, same(root, "whole", "full", logs=False)  # rows may be lost while it is full
    finally:
        subprocess.run(["umount", disk], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    args.program = str(pathlib.Path(args.program).resolve())
    rng, bad = random.Random(args.seed), False
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        common.write_base(root / "base")
        begin = time.time()
        start(args, settings(root, "whole", args)).communicate()
        span = time.time() - begin
        print(f"undisturbed: {args.steps} steps in {span:.1f} s", flush=True)

        def report(what, count, wrong):
            nonlocal bad
            bad |= bool(wrong) or count == 0
            print(f"{what} ({count} times): {wrong or 'the same weights and losses to the bit'}", flush=True)

        report("kill -9", *killed(root, args, span * 0.6, rng))
        report("SIGTERM", *told(root, args, span * 0.6, rng))
        if os.geteuid() == 0:
            report("full disk", *full_disk(root, args))
        else:
            print("full disk: not measured, it needs root")
    sys.exit(bad)


if __name__ == "__main__":
    main()
