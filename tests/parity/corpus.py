"""The programs of the corpora, read where they lie; shared by the parity scripts.

The corpora are not part of the repository: their folder is CADRECODE_CORPUS or
`../shared/corpus` beside the checkout. Standard library only.
"""

import json
import lzma
import os
import pathlib
import tarfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def folder():
    """The corpus folder, or None where there is none."""
    path = pathlib.Path(os.environ.get("CADRECODE_CORPUS", ROOT.parent / "shared" / "corpus"))
    return path if path.is_dir() else None


def development(corpus):
    """(id, code) of CAD-Recode v1.5: 1309 `…/code`, then 2618 `…/prediction_a|b`."""
    with lzma.open(corpus / "cadrecode_v15_dev.jsonl.xz", "rt") as lines:
        rows = [json.loads(line) for line in lines]
    for which in ("code", "prediction_a", "prediction_b"):
        for row in rows:
            yield f"{row['id']}/{which}", row[which]


def meshes(corpus):
    """Rows of CAD-Recode v1.5 with the facts of the published STL, by `id/code`."""
    with lzma.open(corpus / "cadrecode_v15_dev.jsonl.xz", "rt") as lines:
        return {f"{row['id']}/code": row for row in map(json.loads, lines)}


def expert(corpus):
    """(id, code) of the 200 expert programs of cadprompt."""
    with tarfile.open(corpus / "cadprompt_deepcad200.tar.xz") as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            path = pathlib.PurePosixPath(member.name)
            if path.name == "Python_Code.py":
                yield f"expert/{path.parent.name}", archive.extractfile(member).read().decode()


SETS = {"v15": development, "expert": expert}
