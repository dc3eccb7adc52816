"""`make mutate`: puts every fault into a copy of the project and runs its test, which has to fail there and to pass without it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Iterable

from bot.launcher.report import say
from knowledge import settings
from knowledge.settings import ROOT
from tests.mutations.table import Mutation, read

PASSED, FAILED = 0, 1
LONGEST = 600


def main() -> int:
    """Run all, or those whose name holds one of the arguments; 1 where a fault went unnoticed."""
    mutations = [one for one in read() if not sys.argv[1:] or any(word in one.name for word in sys.argv[1:])]
    with tempfile.TemporaryDirectory(prefix="yjs-mutate-") as folder:
        copy = Path(folder) / "copy"
        _copy(copy)
        unsound = _unsound(copy, mutations)
        unnoticed = [one.name for one in mutations if one.name not in unsound and not _noticed(copy, one)]
    for name in unsound:
        say(f"{name}: its test does not pass without the fault either")
    for name in unnoticed:
        say(f"{name}: UNNOTICED")
    print(f"{len(mutations) - len(unsound) - len(unnoticed)} passed, {len(unsound) + len(unnoticed)} failed")
    return 1 if unsound or unnoticed else 0


def _copy(target: Path) -> None:
    """Copy what git knows or would add: a fault never stands in the project itself."""
    listed = subprocess.run(("git", "ls-files", "-co", "--exclude-standard", "-z"), cwd=ROOT, check=True, capture_output=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)


def _unsound(copy: Path, mutations: Iterable[Mutation]) -> frozenset[str]:
    """Return the names of those whose test fails as it is; all tests at once first, since that is nearly always enough."""
    if _run(copy, *sorted({one.test for one in mutations})) == PASSED:
        return frozenset()
    return frozenset(one.name for one in mutations if _run(copy, one.test) != PASSED)


def _noticed(copy: Path, mutation: Mutation) -> bool:
    path = copy / mutation.file
    sound = path.read_text(encoding="utf-8")
    path.write_text(mutation.applied(copy), encoding="utf-8")
    try:
        noticed = _run(copy, mutation.test) == FAILED
    finally:
        path.write_text(sound, encoding="utf-8")
    say(f"{mutation.name}: {'noticed' if noticed else 'UNNOTICED'}")
    return noticed


def _run(copy: Path, *tests: str) -> int:
    """Return pytest's exit code; only 1 says that a test failed, everything else that it did not even run."""
    argv = (sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", *tests)
    # The trained model is taken from where it is: the faults are not in what it was trained from.
    environ = {**os.environ, "YJS_DATA_DIR": str(settings.load().data_dir), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        return subprocess.run(argv, cwd=copy, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=LONGEST).returncode
    except subprocess.TimeoutExpired:
        # A test that hangs has noticed.
        return FAILED


if __name__ == "__main__":
    sys.exit(main())
