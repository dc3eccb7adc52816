"""Which of our lines the reference learns, and the learning."""

from __future__ import annotations

import hashlib
import io
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, Iterator, Literal, Mapping, Sequence

from ruamel.yaml import YAML

from knowledge.settings import ROOT
from tests.bench import installation

INTENTS = ROOT / "nlu_data" / "intents"
HERE = Path(__file__).parent
# DIET takes about 8 s an epoch for 1,000 long sentences on 2 cores: with all lines it would be an hour.
LINES = 600
Labelled = tuple[str, str]
# It knows one label a line: its act, or (for a table of its own) its matter.
Head = Literal["act", "matter"]
NONE = "none"


def every_line(folder: Path = INTENTS, *, head: Head = "act") -> Iterator[Labelled]:
    """Yield every training line with its label, in the order of files and lines."""
    for path in sorted(folder.glob("*.yml")):
        for block in YAML(typ="safe").load(path.read_text(encoding="utf-8"))["nlu"]:
            label = block["intent"] if head == "act" else _matter(block.get("metadata") or {})
            for line in (block.get("examples") or "").splitlines():
                yield label, line.removeprefix("- ")


def _matter(metadata: Mapping[str, Any]) -> str:
    named = metadata.get("matter")
    return named if isinstance(named, str) else NONE


def chosen(labelled: Sequence[Labelled], *, count: int = LINES) -> tuple[Labelled, ...]:
    """Return `count` lines, spread evenly over all."""
    return tuple(labelled[n * len(labelled) // count] for n in range(min(count, len(labelled))))


def nlu(labelled: Sequence[Labelled]) -> str:
    """Return the lines as Rasa's training data."""
    texts: Mapping[str, list[str]] = defaultdict(list)
    for intent, text in labelled:
        texts[intent].append(f"- {text}\n")
    blocks = [{"intent": intent, "examples": "".join(lines)} for intent, lines in texts.items()]
    written = io.StringIO()
    YAML(typ="safe").dump({"version": "3.1", "nlu": blocks}, written)
    return written.getvalue()


def model(folder: Path) -> Path:
    """Return where the model of today's lines and settings is kept, whether it is there or not."""
    digest = hashlib.sha256(nlu(chosen(tuple(every_line()))).encode())
    for name in ("config.yml", "domain.yml", "stories.yml"):
        digest.update((HERE / name).read_bytes())
    return folder / f"reference-{digest.hexdigest()[:12]}.tar.gz"


def train(target: Path, *, environ: Mapping[str, str]) -> float:
    """Train into `target` and return the seconds that it took."""
    lines = target.with_suffix(".yml")
    lines.write_text(nlu(chosen(tuple(every_line()))), encoding="utf-8")
    data = ("--domain", str(HERE / "domain.yml"), "--data", str(HERE / "stories.yml"), str(lines))
    return _train(("train", "--force"), data, target, environ=environ)


def train_matters(folder: Path, *, environ: Mapping[str, str]) -> float:
    """Train the same pipeline on the same lines with their matters for labels, and return the seconds that it took."""
    target = folder / "matters.tar.gz"
    lines, domain = target.with_suffix(".yml"), folder / "matters-domain.yml"
    labelled = chosen(tuple(every_line(head="matter")))
    lines.write_text(nlu(labelled), encoding="utf-8")
    with domain.open("w", encoding="utf-8") as file:
        YAML(typ="safe").dump({"version": "3.1", "intents": sorted({label for label, _ in labelled})}, file)
    return _train(("train", "nlu"), ("--domain", str(domain), "--nlu", str(lines)), target, environ=environ)


def _train(command: tuple[str, ...], data: tuple[str, ...], target: Path, *, environ: Mapping[str, str]) -> float:
    argv = (
        *(sys.executable, "-m", "rasa", *command, "--config", str(HERE / "config.yml"), *data),
        *("--out", str(target.parent), "--fixed-model-name", target.name.removesuffix(".tar.gz")),
    )
    return installation.finished(argv, environ=environ, log=target.parent / "train.log")
