"""The web page with everything real but Rasa, which a script stands in for; and what a browser does with it over HTTP."""

from __future__ import annotations

import datetime as dt
import json
import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Iterator, Optional

import requests

from bot.channels.web.server import make_app
from knowledge import assistant, settings
from knowledge.assistant import Assistant
from knowledge.settings import Settings
from knowledge.store.engine import Engine
from knowledge.values.answer import Answer, Question
from tests.fakes.rasa_rest import FakeRasa, Reply, reply_of, running
from tests.installation import copied

COOKIE = "yjs_session"
SECRET = "a secret of the tests"
TODAY = dt.date(2026, 11, 23)
NEWBORN = {"parents": "married", "born": "hospital", "age": "under_30_workdays", "household": "mother", "ethnicity": "same", "applicant": "mother"}
MARRIAGE = "结婚证"


@dataclass(frozen=True)
class Site:
    """A running page: its address, and what it stands on."""

    url: str
    rasa: FakeRasa
    settings: Settings

    @cached_property
    def assistant(self) -> Assistant:
        """Return the services, as another process on the same database has them."""
        return assistant.build(self.settings)

    def keep(self, sender: str, *, matter: str = "newborn", situation: Optional[dict[str, str]] = None) -> Answer:
        """Answer somebody as the action server does: with a list that is kept."""
        question = Question(
            matter=matter, on=TODAY, aspects=("overview", "materials"), region="430000", situation=situation or NEWBORN
        )
        return self.assistant.checklists.keep(sender, question, self.assistant.guidance.answer(question))

    def kept_answer(self) -> Reply:
        """Return a reply with a kept list to whoever wrote to the stand-in last."""
        return reply_of(self.keep(self.rasa.received[-1]["sender"]).to_dict())


def settings_of(folder: Path, *, rasa: str, published: Optional[Engine] = None) -> Settings:
    """Return settings on data in `folder`: a copy of `published`, or a database that is not there."""
    database = folder / "yjs.db"
    if published is not None and not database.exists():
        copied(published, database)
    given = {"YJS_DATA_DIR": str(folder), "YJS_SECRET": SECRET, "YJS_NOW": f"{TODAY}T10:00:00"}
    return settings.load({**given, "YJS_RASA_LISTEN": rasa.partition("://")[2]})


@contextmanager
def serving(rasa: FakeRasa, folder: Path, *, published: Optional[Engine] = None) -> Iterator[Site]:
    """Run the page in front of `rasa` on data in `folder`; run again there it finds everything as it was left."""
    with running(rasa.app()) as rasa_url:
        given = settings_of(folder, rasa=rasa_url, published=published)
        with running(make_app(given)) as url:
            yield Site(url, rasa, given)


class Visitor:
    """What a browser does with the page: keeps the cookie, echoes the token, names its origin."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.http = requests.Session()
        self.http.trust_env = False
        self.token = self.fresh_token()

    def fresh_token(self, **headers: str) -> str:
        """Open the page and return its token."""
        found = re.search(r'name="yjs-token" content="(\w*)"', self.http.get(f"{self.site}/", headers=headers).text)
        assert found
        return found.group(1)

    def get(self, path: str, **given: Any) -> requests.Response:
        """Fetch something."""
        return self.http.get(f"{self.site}{path}", **given)

    def send(self, path: str, content: Any, *, headers: Optional[dict[str, str]] = None) -> requests.Response:
        """Post JSON as the page does."""
        return self.post(path, json.dumps(content), headers=headers)

    def say(self, text: Any, *, headers: Optional[dict[str, str]] = None, **more: Any) -> requests.Response:
        """Write a message."""
        return self.send("/chat/messages", {"text": text, **more}, headers=headers)

    def post(self, path: str, body: str, *, headers: Optional[dict[str, str]] = None) -> requests.Response:
        """Post any body."""
        sent = {"Content-Type": "application/json", "X-YJS-Token": self.token, "Origin": self.site, **(headers or {})}
        return self.http.post(f"{self.site}{path}", data=body.encode(), headers=sent)
