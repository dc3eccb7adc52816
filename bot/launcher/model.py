"""The trained model that fits what it is trained from; a new one is trained where there is none."""

from __future__ import annotations

import fcntl
import hashlib
import os
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Iterator, Mapping

from bot.launcher.report import Say
from bot.launcher.training import train
from knowledge.language import encoder
from knowledge.settings import ROOT, Settings

# Everything that a model depends on. What is published is not among it: that is never trained.
INPUTS = ("config.yml", "bot/domain", "nlu_data/intents", "nlu_data/rules", "bot/nlu", "knowledge/language", "knowledge/search")
PACKAGES = ("rasa", "scikit-learn", "spacy", "jieba")
KEPT = 2


def fingerprint(root: Path = ROOT) -> str:
    """Return what distinguishes models that differ in anything they are trained from or read with."""
    digest = hashlib.sha256()
    for label in (encoder.name(), *(f"{package}/{version(package)}" for package in PACKAGES)):
        digest.update(f"{label}\0".encode())
    for path in _files(root):
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def path_for(settings: Settings) -> Path:
    """Return where the model that fits is kept, whether it is there or not."""
    return settings.models_dir / f"yjs-{fingerprint()[:12]}.tar.gz"


def ensure(settings: Settings, *, environ: Mapping[str, str], say: Say) -> Path:
    """Return the model that fits, trained now where there is none; two launchers train it once."""
    target = path_for(settings)
    settings.models_dir.mkdir(parents=True, exist_ok=True)
    with _alone(settings.models_dir / ".lock", say):
        if target.exists():
            say(f"model {target.name}: fits")
        else:
            say(f"model {target.name}: none that fits, so one is trained (about a minute)")
            train(target, environ=environ, log=settings.data_dir / "logs" / "train.log", say=say)
        os.utime(target)
        _forget_old(settings.models_dir)
    return target


@contextmanager
def _alone(lock: Path, say: Say) -> Iterator[None]:
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another process is training in the same data directory; waiting for it")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _forget_old(directory: Path) -> None:
    models = sorted(directory.glob("yjs-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for model in models[KEPT:]:
        model.unlink()


def _files(root: Path) -> list[Path]:
    found = [root / name for name in INPUTS if (root / name).is_file()]
    for folder in (root / name for name in INPUTS if (root / name).is_dir()):
        found += [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return sorted(found)
