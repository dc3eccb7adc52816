"""Which of our lines the reference learns, and the learning."""

from __future__ import annotations

import hashlib
import io
import sys
from collections import defaultdict
from pathlib import Path
from typing import Iterator, Mapping, Sequence

from ruamel.yaml import YAML

from knowledge.settings import ROOT
from tests.bench import installation

INTENTS = ROOT / "nlu_data" / "intents"
HERE = Path(__file__).parent
# DIET takes about 8 s an epoch for 1,000 long sentences on 2 cores: with all lines it would be an hour.
LINES = 600
Labelled = tuple[str, str]


def every_line(folder: Path = INTENTS) -> Iterator[Labelled]:
    """Yield every training line with its act, in the order of files and lines."""
    for path in sorted(folder.glob("*.yml")):
        for block in YAML(typ="safe").load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in (block.get("examples") or "").splitlines():
                yield block["intent"], line.removeprefix("- ")


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
    argv = (
        *(sys.executable, "-m", "rasa", "train", "--force", "--config", str(HERE / "config.yml")),
        *("--domain", str(HERE / "domain.yml"), "--data", str(HERE / "stories.yml"), str(lines)),
        *("--out", str(target.parent), "--fixed-model-name", target.name.removesuffix(".tar.gz")),
    )
    return installation.finished(argv, environ=environ, log=target.parent / "train.log")
