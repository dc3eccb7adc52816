"""`bin/bootstrap` in an empty checkout, with a stand-in for uv that writes down what it is asked to do."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.settings import ROOT

SHIM = "#!/bin/sh\necho 'pyenv: python3.10: command not found' >&2\nexit 127\n"
# `uv venv … DIR` makes an environment as far as the script looks at it; everything else only succeeds.
UV = """#!/bin/sh
echo "$*" >>"$(dirname "$0")/asked"
for last; do :; done
if [ "$1" = venv ]; then mkdir -p "$last/bin" && ln -s "$REAL_PYTHON" "$last/bin/python"; fi
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    shutil.copytree(ROOT / "bin", root / "bin")
    shutil.copy(ROOT / "requirements.lock", root)
    for name, code in (("python3.10", SHIM), ("uv", UV)):
        program(tmp_path / "path" / name, code)
    pyenv = tmp_path / "pyenv" / "versions" / "3.10.99" / "bin" / "python"
    program(pyenv, f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    return root


def program(path: Path, code: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(code)
    path.chmod(0o755)


def bootstrap(checkout: Path) -> list[str]:
    """Run the script as on a machine whose python3 is no 3.10; return what uv was asked to do so far."""
    program(checkout.parent / "path" / "python3", SHIM)
    environ = {
        "PATH": f"{checkout.parent / 'path'}:/usr/bin:/bin",
        "HOME": str(checkout.parent),
        "PYENV_ROOT": str(checkout.parent / "pyenv"),
        "REAL_PYTHON": sys.executable,
    }
    subprocess.run([checkout / "bin" / "bootstrap"], env=environ, check=True, capture_output=True, timeout=60)
    return (checkout.parent / "path" / "asked").read_text().splitlines()


@pytest.mark.skipif(Path("/usr/bin/python3.10").exists(), reason="this machine's own Python 3.10 is found first")
def test_a_python_shim_that_only_fails_is_passed_over_for_one_that_works(checkout: Path) -> None:
    (made,) = [line for line in bootstrap(checkout) if line.startswith("venv")]
    assert f"--python {checkout.parent}/pyenv/versions/3.10.99/bin/python" in made


def test_packages_are_installed_as_the_lock_says_hashes_checked(checkout: Path) -> None:
    (synced,) = [line for line in bootstrap(checkout) if line.startswith("pip sync")]
    assert "--require-hashes" in synced and synced.endswith("requirements.lock")


def test_a_second_time_nothing_is_done(checkout: Path) -> None:
    assert bootstrap(checkout) == bootstrap(checkout)


def test_a_changed_lock_is_installed(checkout: Path) -> None:
    before = bootstrap(checkout)
    with (checkout / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")
    assert len(bootstrap(checkout)) > len(before)
