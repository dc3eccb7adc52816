"""The web page's server over real HTTP, in front of a stand-in for Rasa."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any, Iterator, Optional

import pytest
import requests

from bot.channels.web import messages, pages
from bot.channels.web.server import make_app
from bot.door import door, identity
from bot.rendering.labels import labels
from knowledge.wording import choices, say
from tests.fakes.rasa_rest import FakeRasa, reply_of, running
from tests.fakes.sample_answers import newborn

SECRET = b"a secret of the tests"
COOKIE = "yjs_session"


@pytest.fixture
def rasa() -> FakeRasa:
    return FakeRasa(lambda _text: [reply_of(newborn())])


@pytest.fixture
def site(rasa: FakeRasa) -> Iterator[str]:
    with running(rasa.app()) as rasa_url, running(make_app(rasa_url=rasa_url, secret=SECRET)) as url:
        yield url


class Browser:
    """What a browser does with the page: keeps the cookie, echoes the token, names its origin."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.http = requests.Session()
        self.http.trust_env = False
        self.token = self.fresh_token()

    def fresh_token(self, **headers: str) -> str:
        found = re.search(r'name="yjs-token" content="(\w*)"', self.http.get(f"{self.site}/", headers=headers).text)
        assert found
        return found.group(1)

    def say(self, text: Any, *, headers: Optional[dict[str, str]] = None, **more: Any) -> requests.Response:
        return self.post(json.dumps({"text": text, **more}), headers=headers)

    def post(self, body: str, *, headers: Optional[dict[str, str]] = None) -> requests.Response:
        sent = {"Content-Type": "application/json", "X-YJS-Token": self.token, "Origin": self.site, **(headers or {})}
        return self.http.post(f"{self.site}/chat/messages", data=body.encode(), headers=sent)


@pytest.fixture
def browser(site: str) -> Browser:
    return Browser(site)


def test_a_message_comes_back_as_the_replies_of_the_contract_without_the_recipient(browser: Browser) -> None:
    (reply,) = browser.say("孩子刚出生，户口怎么上").json()
    assert set(reply) == {"text", "buttons", "custom"}
    assert reply["custom"] == newborn()


def test_rasa_gets_the_text_the_message_id_and_a_keyed_hash_as_the_sender(browser: Browser, rasa: FakeRasa) -> None:
    browser.say("上户口", message_id="m1")
    name = browser.http.cookies[COOKIE].partition(".")[0]
    (got,) = rasa.received
    assert (got["message"], got["message_id"]) == ("上户口", "m1")
    assert got["sender"] == identity.sender("web", name, secret=SECRET)


def test_a_sender_in_the_body_or_the_query_is_ignored(browser: Browser, rasa: FakeRasa) -> None:
    browser.say("上户口")
    browser.say("上户口", sender="someone", id="someone", recipient_id="someone")
    browser.http.post(
        f"{browser.site}/chat/messages?sender=someone", json={"text": "上户口"}, headers={"X-YJS-Token": browser.token}
    )
    assert len({got["sender"] for got in rasa.received}) == 1
    assert len(rasa.received) == 3


def test_the_cookie_is_unguessable_and_out_of_reach_for_scripts_and_other_sites(site: str) -> None:
    cookies = [requests.get(f"{site}/").headers["Set-Cookie"] for _ in range(2)]
    assert len({cookie.partition(";")[0] for cookie in cookies}) == 2
    for cookie in cookies:
        assert re.match(rf"{COOKIE}=[\w-]{{43}}\.[0-9a-f]{{64}};", cookie)
        assert "HttpOnly" in cookie and "SameSite=Strict" in cookie


def test_the_cookie_is_kept_to_tls_where_the_page_came_over_tls(site: str) -> None:
    assert "Secure" in requests.get(f"{site}/", headers={"X-Forwarded-Proto": "https"}).headers["Set-Cookie"]


def test_a_browser_keeps_its_session_when_it_comes_back(browser: Browser) -> None:
    before = browser.http.cookies[COOKIE]
    assert browser.fresh_token() == browser.token
    assert browser.http.cookies[COOKIE] == before


@pytest.mark.parametrize("guess", ["abc", "abc.", ".", "a" * 43 + "." + "0" * 64, "\u00fc.\u00fc"])
def test_a_guessed_cookie_is_nobodys_and_is_replaced(site: str, rasa: FakeRasa, guess: str) -> None:
    cookie = {"Cookie": f"{COOKIE}={guess}".encode("latin-1")}
    posted = requests.post(f"{site}/chat/messages", json={"text": "上户口"}, headers={**cookie, "X-YJS-Token": "x"})
    assert (posted.status_code, posted.json()["error"]) == (403, "session")
    assert rasa.received == []
    assert requests.get(f"{site}/", headers=cookie).cookies[COOKIE] != guess


def test_an_arrival_from_another_site_replaces_no_cookie(site: str) -> None:
    arrival = requests.get(f"{site}/", headers={"Sec-Fetch-Site": "cross-site"})
    assert arrival.status_code == 200
    assert "Set-Cookie" not in arrival.headers


@pytest.mark.parametrize(
    ("headers", "status", "error"),
    [
        ({"Origin": "http://evil.example"}, 403, "origin"),
        ({"Origin": "null"}, 403, "origin"),
        ({"Sec-Fetch-Site": "cross-site"}, 403, "origin"),
        ({"Sec-Fetch-Site": "same-site"}, 403, "origin"),
        ({"X-YJS-Token": "guessed"}, 403, "session"),
        ({"X-YJS-Token": ""}, 403, "session"),
        ({"Content-Type": "text/plain"}, 415, "not_json"),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415, "not_json"),
    ],
)
def test_a_post_that_our_page_did_not_make_is_refused(
    browser: Browser, rasa: FakeRasa, headers: dict[str, str], status: int, error: str
) -> None:
    refused = browser.say("上户口", headers=headers)
    assert (refused.status_code, refused.json()["error"]) == (status, error)
    assert rasa.received == []


def test_another_browsers_token_is_refused(browser: Browser, site: str) -> None:
    assert browser.say("上户口", headers={"X-YJS-Token": Browser(site).token}).status_code == 403


@pytest.mark.parametrize("body", ["", "上户口", "[]", "null", '{"message": "x"}', '{"text": 5}', "[" * 9000, "\x00"])
def test_a_body_that_is_no_message_is_a_400_in_json(browser: Browser, rasa: FakeRasa, body: str) -> None:
    refused = browser.post(body)
    assert refused.status_code == 400
    assert refused.json()["error"] in ("not_json", "no_text")
    assert rasa.received == []


def test_ten_thousand_characters_get_a_polite_sentence(browser: Browser) -> None:
    refused = browser.post(json.dumps({"text": "户" * 10_000}, ensure_ascii=False))
    assert refused.status_code == 413
    assert refused.json()["said"] == say("too_long", limit=500)


def test_text_of_any_kind_goes_through_as_it_was_typed(browser: Browser, rasa: FakeRasa) -> None:
    texts = ["/restart", "<script>alert(1)</script>", "👶", "", "a\nb", "\ud800", "x" * 10_000]
    for text in texts:
        assert browser.say(text).status_code == 200
    assert [got["message"] for got in rasa.received] == texts


@pytest.mark.parametrize("given", [5, "", "x" * 65, ["m"]])
def test_a_message_id_that_is_none_is_left_out(browser: Browser, rasa: FakeRasa, given: Any) -> None:
    assert browser.say("上户口", message_id=given).status_code == 200
    assert rasa.received[0].get("message_id") is None


def test_a_rasa_that_breaks_or_says_nothing_becomes_the_reviewed_sentence(browser: Browser, rasa: FakeRasa) -> None:
    rasa.broken = True
    broken = browser.say("上户口")
    rasa.broken, rasa.script = False, lambda _text: []
    for response in (broken, browser.say("上户口")):
        (reply,) = response.json()
        assert response.status_code == 200
        assert reply["text"] == say("unavailable")
        assert reply["custom"]["outcome"] == "unavailable"


def test_without_rasa_the_page_still_comes_and_says_so() -> None:
    with running(make_app(rasa_url="http://127.0.0.1:9", secret=SECRET)) as site:
        (reply,) = Browser(site).say("上户口").json()
        assert reply["text"] == say("unavailable")
        assert requests.get(f"{site}/healthz").status_code == 503


def test_health_is_rasas_health_and_is_asked_for_once_in_a_while(site: str, rasa: FakeRasa) -> None:
    healths = [requests.get(f"{site}/healthz") for _ in range(5)]
    assert {(health.status_code, health.json()["status"]) for health in healths} == {(200, "ok")}
    assert rasa.asked_for_health == 1


def test_health_is_503_with_short_json_where_nobody_can_be_answered(site: str, rasa: FakeRasa) -> None:
    rasa.healthy = False
    health = requests.get(f"{site}/healthz")
    assert (health.status_code, health.json()) == (503, {"status": "unavailable", "rasa": False})


@pytest.mark.parametrize(
    "path", ["/", "/desk", "/healthz", "/static/style.css", "/static/chat.js", "/nothing", "/chat/messages"]
)
def test_every_response_carries_the_security_headers(site: str, path: str) -> None:
    headers = requests.get(site + path).headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == ("no-cache" if "static" in path else "no-store")
    assert "aiohttp" not in headers["Server"]


def test_the_conversation_is_never_cached(browser: Browser) -> None:
    assert browser.say("上户口").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/static/index.html", "/static/..%2fserver.py", "/static/%2e%2e/pages.py", "/nothing"]
)
def test_what_is_no_part_of_the_page_is_not_served(site: str, path: str) -> None:
    response = requests.get(site + path)
    assert response.status_code == 404
    assert response.json()["error"] == "not_found"


def test_a_wrong_method_is_told_which_one_is_right(site: str) -> None:
    response = requests.get(f"{site}/chat/messages")
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")


def test_the_pages_hold_no_inline_script_or_style_and_no_other_host(site: str) -> None:
    for path in ("/", "/desk"):
        page = requests.get(site + path).text
        assert not re.findall(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", page)
        assert not re.findall(r"(?:src|href)=\"(?!/|#|tel:)", page)


def test_the_page_carries_the_reviewed_wording(site: str) -> None:
    page = unescape(requests.get(f"{site}/").text)
    for sentence in (say("greet"), say("first_notice"), *choices("capability_examples")):
        assert sentence in page


def test_the_desk_says_that_it_is_not_built_and_what_works_today(site: str) -> None:
    page = requests.get(f"{site}/desk").text
    assert "还没有建好" in page
    assert all(f"bin/yjs {verb}" in page for verb in ("ask", "search", "show"))


def test_the_whole_page_weighs_less_than_100_kb(site: str) -> None:
    assert sum(len(requests.get(f"{site}{path}").content) for path in ("/", *_assets())) < 100 * 1024


def test_every_label_that_the_scripts_use_is_on_file() -> None:
    scripts = "".join(
        (pages.STATIC / name).read_text(encoding="utf-8") for name in pages.ASSETS if name.endswith(".js")
    )
    assert set(re.findall(r"(?<![/\w])labels\.([a-z_]+)", scripts)) <= set(labels())
    own = (pages.STATIC / "labels.js").read_text(encoding="utf-8")
    assert set(re.findall(r"\bwords\.([a-z_]+)", scripts)) == set(re.findall(r"^  (\w+):", own, flags=re.M))


def test_the_page_counts_up_to_what_the_door_lets_in() -> None:
    assert messages.LONGEST_TEXT == door.LONGEST


def _assets() -> list[str]:
    return [f"/static/{name}" for name in pages.ASSETS]
