"""The REST channel, the door and the tracker store inside a real Rasa with a trained model."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

import pytest
import requests

from bot.launcher.services import environment, services
from knowledge import settings
from knowledge.settings import ROOT
from knowledge.store.engine import Engine
from knowledge.wording import say
from tests.fakes.action_server import ActionServer
from tests.installation import copied

pytestmark = pytest.mark.model

START = 90
ID_CARD = "11010519491231002X"


@dataclass
class RunningRasa:
    """A Rasa started as `make run` starts it, on data of its own."""

    url: str
    data: Path
    actions: ActionServer
    process: subprocess.Popen[bytes]

    def say(self, text: str, *, sender: str = "小王") -> Any:
        answer = requests.post(
            f"{self.url}/webhooks/rest/webhook", json={"sender": sender, "message": text}, timeout=15
        )
        assert answer.status_code == 200
        (reply,) = answer.json()
        return reply

    def health(self) -> requests.Response:
        return requests.get(f"{self.url}/", timeout=5)


@pytest.fixture(scope="module")
def rasa(
    trained_model: Path, content: Engine, tmp_path_factory: pytest.TempPathFactory, unused_tcp_port_factory: Any
) -> Iterator[RunningRasa]:
    data, actions = tmp_path_factory.mktemp("data"), ActionServer()
    given = {
        **{name: value for name, value in os.environ.items() if not name.startswith("YJS_")},
        "YJS_DATA_DIR": str(data),
        "YJS_RASA_LISTEN": f"127.0.0.1:{unused_tcp_port_factory()}",
        "YJS_ACTIONS_LISTEN": actions.address,
    }
    here = settings.load(given)
    copied(content, data / "yjs.db")
    (argv,) = (service.argv for service in services(here, model=trained_model) if service.name == "rasa")
    with (data / "rasa.log").open("wb") as log:
        process = subprocess.Popen(argv, cwd=ROOT, env=environment(here, given=given), stdout=log, stderr=log)
    running = RunningRasa(here.rasa.url, data, actions, process)
    try:
        wait_until_ready(running)
        yield running
    finally:
        process.kill()
        process.wait()


def wait_until_ready(rasa: RunningRasa) -> None:
    for _ in range(START * 4):
        assert rasa.process.poll() is None, (rasa.data / "rasa.log").read_text()
        try:
            rasa.health()
            return
        except requests.ConnectionError:
            time.sleep(0.25)
    pytest.fail((rasa.data / "rasa.log").read_text())


def test_a_conversation_goes_on_from_turn_to_turn(rasa: RunningRasa) -> None:
    assert rasa.health().status_code == 200
    assert [rasa.say("孩子刚出生，上户口要带什么")["text"][:3] for _ in range(12)] == [
        f"第{n}句"[:3] for n in range(1, 13)
    ]
    assert rasa.say("你好", sender="小李")["text"].startswith("第1句")


def test_an_intent_command_is_plain_text(rasa: RunningRasa) -> None:
    assert rasa.say("/session_start", sender="小张")["text"] == "第1句：／session_start"
    parsed = requests.post(f"{rasa.url}/model/parse", json={"text": "/greet"}, timeout=15).json()
    assert parsed["text"] == "/greet"
    assert parsed["intent"]["name"] == "out_of_scope"


def test_no_number_is_stored_or_logged_in_clear(rasa: RunningRasa) -> None:
    reply = rasa.say(f"我的身份证是{ID_CARD}，查进度", sender="小赵")
    assert "〔身份证号#" in reply["text"]
    for file in rasa.data.rglob("*"):
        assert not file.is_file() or ID_CARD.encode() not in file.read_bytes(), f"{file.name} holds the number"


def test_rasas_own_api_is_not_there(rasa: RunningRasa) -> None:
    for path in ("conversations/小王/tracker", "status", "domain", "version"):
        assert requests.get(f"{rasa.url}/{path}", timeout=5).status_code == 404
    assert requests.put(f"{rasa.url}/model", json={}, timeout=5).status_code == 404


# The last two, in this order: they take the installation apart.


def test_without_an_action_server_the_reviewed_sentence_comes_and_the_root_says_so(rasa: RunningRasa) -> None:
    rasa.actions.stop()
    reply = rasa.say("孩子刚出生，上户口要带什么")
    assert (reply["custom"]["outcome"], reply["text"]) == ("unavailable", say("unavailable"))
    time.sleep(2)
    assert rasa.health().status_code == 503
    assert rasa.health().json()["down"] == ["actions"]


def test_rasa_stops_when_asked(rasa: RunningRasa) -> None:
    log = rasa.data / "rasa.log"
    already = log.stat().st_size
    rasa.process.terminate()
    assert rasa.process.wait(10) == 0
    assert b"ERROR" not in log.read_bytes()[already:]
