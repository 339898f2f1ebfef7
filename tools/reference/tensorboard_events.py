#!/usr/bin/env python3
"""Reads a run's event files with TensorBoard's own reader (`pip install tensorboard`)
and compares them with the run's log.jsonl: the same scalars at the same steps.

    python tools/reference/tensorboard_events.py RUN

Exits 1 naming the first difference.
"""

import json
import pathlib
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


def main():
    run = pathlib.Path(sys.argv[1])
    accumulator = EventAccumulator(str(run), size_guidance={"scalars": 0})
    accumulator.Reload()
    seen = {tag: {e.step: e.value for e in accumulator.Scalars(tag)} for tag in accumulator.Tags()["scalars"]}
    wanted = {}
    for line in (run / "log.jsonl").read_text().splitlines():
        row = json.loads(line)
        for name, value in row.items():
            if name not in ("step", "seconds") and value is not None:
                wanted.setdefault(name, {})[row["step"]] = value
    if seen.keys() != wanted.keys():
        sys.exit(f"tags differ: {sorted(seen)} and {sorted(wanted)}")
    for tag, values in wanted.items():
        if seen[tag].keys() != values.keys():
            sys.exit(f"{tag}: steps differ: {sorted(seen[tag])} and {sorted(values)}")
        for step, value in values.items():
            if abs(seen[tag][step] - value) > 1e-6 * max(1, abs(value)):
                sys.exit(f"{tag} at {step}: {seen[tag][step]} and {value}")
    print(f"{sum(map(len, wanted.values()))} values of {len(wanted)} tags equal")


if __name__ == "__main__":
    main()
