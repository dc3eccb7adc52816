"""Fixtures: a browser on a phone's screen with the page open in it, in front of a stand-in for Rasa."""

from __future__ import annotations

from pathlib import Path
from typing import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from knowledge.store.engine import Engine
from tests.fakes.browser import CHROMIUM, PHONE, script
from tests.fakes.rasa_rest import FakeRasa
from tests.fakes.web_site import Site, serving


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Yield a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the page's data."""
    return tmp_path_factory.mktemp("web")


@pytest.fixture(scope="module")
def served(folder: Path, content: Engine) -> Iterator[Site]:
    """Yield the running page with everything published."""
    rasa = FakeRasa(lambda _text: [])
    with serving(rasa, folder, published=content) as served:
        rasa.script = lambda text: script(text, served)
        yield served


@pytest.fixture
def rasa(served: Site) -> FakeRasa:
    """Return the stand-in for Rasa, which has heard nothing yet."""
    served.rasa.broken = False
    served.rasa.received.clear()
    return served.rasa


@pytest.fixture
def site(served: Site, rasa: FakeRasa) -> str:
    """Return the address of the page."""
    return served.url


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """Yield a phone that nobody has opened the page on."""
    context = chromium.new_context(viewport=PHONE, has_touch=True, locale="zh-CN", reduced_motion="reduce")
    context.set_default_timeout(5000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, site: str) -> Iterator[Page]:
    """Yield the page; whatever it complains of on its console, or fetches from another host, fails the test."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith(site) else complaints.append(request.url))
    page.goto(site)
    yield page
    # Refusals that the tests bring about themselves are reported by the browser as well.
    assert [text for text in complaints if "Failed to load resource" not in text] == []
