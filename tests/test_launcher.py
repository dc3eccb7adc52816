"""What the launcher decides: which processes, in which environment, and whether a model fits."""

from __future__ import annotations

import fcntl
import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from bot.launcher import model, services
from knowledge import settings
from knowledge.settings import ROOT, Settings


def given(tmp_path: Path, **more: str) -> Settings:
    return settings.load({"YJS_DATA_DIR": str(tmp_path / "data"), **more})


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a copy of what a model is trained from."""
    root = tmp_path / "checkout"
    for name in ("bot/domain", "nlu_data", "knowledge/language", "knowledge/content"):
        shutil.copytree(ROOT / name, root / name)
    return root


def test_rasa_is_started_without_the_routes_that_show_conversations(tmp_path: Path) -> None:
    by_name = {service.name: service for service in services.services(given(tmp_path), model=tmp_path / "m.tar.gz")}
    assert set(by_name) == {"rasa", "actions", "web"}
    assert "--enable-api" not in by_name["rasa"].argv
    assert by_name["rasa"].health == "http://127.0.0.1:5005/"


def test_the_action_server_listens_where_its_setting_says_and_not_everywhere(tmp_path: Path) -> None:
    environ = services.environment(given(tmp_path), given={})
    assert environ["SANIC_HOST"] == "127.0.0.1"
    assert environ["YJS_ACTIONS_URL"] == "http://127.0.0.1:5055"


def test_nothing_reports_to_anybody_and_nothing_is_fetched(tmp_path: Path) -> None:
    environ = services.environment(given(tmp_path), given={"PATH": "/bin"})
    assert environ["RASA_TELEMETRY_ENABLED"] == "false"
    assert environ["HF_HUB_OFFLINE"] == "1"
    assert environ["PATH"] == "/bin"


def test_answering_takes_one_thread_unless_the_operator_has_said_otherwise() -> None:
    assert services.serving({})["OMP_NUM_THREADS"] == "1"
    assert services.serving({"OMP_NUM_THREADS": "2"})["OMP_NUM_THREADS"] == "2"


def test_without_a_token_there_is_no_telegram(tmp_path: Path) -> None:
    assert not services.telegram_wanted(given(tmp_path))


def test_the_addresses_to_be_checked_are_those_that_are_listened_on(tmp_path: Path) -> None:
    assert set(services.listens(given(tmp_path))) == {"YJS_WEB_LISTEN", "YJS_RASA_LISTEN", "YJS_ACTIONS_LISTEN"}


@pytest.mark.parametrize("changed", ["bot/domain/acts.yml", "nlu_data/intents/newborn.yml", "nlu_data/rules/turns.yml", "knowledge/language/numbers.py"])
def test_a_model_fits_only_what_it_was_trained_from(checkout: Path, changed: str) -> None:
    before = model.fingerprint(checkout)
    with (checkout / changed).open("a") as file:
        file.write("\n# changed\n")
    assert model.fingerprint(checkout) != before


@pytest.mark.parametrize("changed", ["knowledge/content/newborn.yml", "nlu_data/evaluation/dev.yml"])
def test_published_content_and_evaluation_never_ask_for_a_training(checkout: Path, changed: str) -> None:
    before = model.fingerprint(checkout)
    with (checkout / changed).open("a") as file:
        file.write("\n# changed\n")
    assert model.fingerprint(checkout) == before


def test_the_fingerprint_does_not_depend_on_where_the_checkout_lies(checkout: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    shutil.copytree(checkout, moved)
    assert model.fingerprint(moved) == model.fingerprint(checkout)


def test_a_model_that_fits_is_taken_and_only_one_older_is_kept(tmp_path: Path) -> None:
    here = given(tmp_path)
    here.models_dir.mkdir(parents=True)
    for age, name in enumerate(("yjs-old.tar.gz", "yjs-older.tar.gz", "yjs-oldest.tar.gz"), start=1):
        (here.models_dir / name).touch()
        os.utime(here.models_dir / name, (time.time() - age * 100,) * 2)
    fitting = model.path_for(here)
    fitting.touch()
    said: list[str] = []
    assert model.ensure(here, environ={}, say=said.append) == fitting
    assert sorted(path.name for path in here.models_dir.glob("*.tar.gz")) == sorted([fitting.name, "yjs-old.tar.gz"])
    assert said == [f"model {fitting.name}: fits"]


def test_a_second_launcher_waits_for_the_training_of_the_first(tmp_path: Path) -> None:
    here = given(tmp_path)
    here.models_dir.mkdir(parents=True)
    model.path_for(here).touch()
    said: list[str] = []
    second = threading.Thread(target=lambda: model.ensure(here, environ={}, say=said.append))
    with (here.models_dir / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second.start()
        while not said:
            time.sleep(0.01)
        assert said == ["another process is training in the same data directory; waiting for it"]
    second.join(timeout=5)
    assert said[1].endswith("fits")
