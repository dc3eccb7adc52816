"""The web page's server over real HTTP, in front of a stand-in for Rasa."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any, Iterator

import pytest
import requests

from bot.channels.web import asking, bodies, pages
from bot.channels.web.markup import tag
from bot.door import door, identity
from bot.rendering.labels import labels
from knowledge.store.engine import Engine
from knowledge.values.answer import Answer
from knowledge.wording import choices, page, say
from tests.fakes.rasa_rest import FakeRasa, reply_of
from tests.fakes.sample_answers import newborn
from tests.fakes.web_site import COOKIE, SECRET, Visitor, serving

OURS = ("/", "/desk", "/privacy", "/c")


@pytest.fixture
def rasa() -> FakeRasa:
    return FakeRasa(lambda _text: [reply_of(newborn())])


@pytest.fixture
def site(rasa: FakeRasa, tmp_path: Path) -> Iterator[str]:
    with serving(rasa, tmp_path) as site:
        yield site.url


@pytest.fixture
def browser(site: str) -> Visitor:
    return Visitor(site)


def test_a_message_comes_back_as_the_replies_of_the_contract_without_the_recipient(browser: Visitor) -> None:
    (reply,) = browser.say("孩子刚出生，户口怎么上").json()
    assert set(reply) == {"text", "buttons", "custom"}
    assert reply["custom"] == newborn()


def test_rasa_gets_the_text_the_message_id_and_a_keyed_hash_as_the_sender(browser: Visitor, rasa: FakeRasa) -> None:
    browser.say("上户口", message_id="m1")
    name = browser.http.cookies[COOKIE].partition(".")[0]
    (got,) = rasa.received
    assert (got["message"], got["message_id"]) == ("上户口", "m1")
    assert got["sender"] == identity.sender("web", name, secret=SECRET.encode())


def test_a_sender_in_the_body_or_the_query_is_ignored(browser: Visitor, rasa: FakeRasa) -> None:
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


def test_a_browser_keeps_its_session_when_it_comes_back(browser: Visitor) -> None:
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
    browser: Visitor, rasa: FakeRasa, headers: dict[str, str], status: int, error: str
) -> None:
    refused = browser.say("上户口", headers=headers)
    assert (refused.status_code, refused.json()["error"]) == (status, error)
    assert rasa.received == []


def test_another_browsers_token_is_refused(browser: Visitor, site: str) -> None:
    assert browser.say("上户口", headers={"X-YJS-Token": Visitor(site).token}).status_code == 403


@pytest.mark.parametrize("body", ["", "上户口", "[]", "null", '{"message": "x"}', '{"text": 5}', "[" * 9000, "\x00"])
def test_a_body_that_is_no_message_is_a_400_in_json(browser: Visitor, rasa: FakeRasa, body: str) -> None:
    refused = browser.post("/chat/messages", body)
    assert refused.status_code == 400
    assert refused.json()["error"] in ("not_json", "no_text")
    assert rasa.received == []


def test_ten_thousand_characters_get_a_polite_sentence(browser: Visitor) -> None:
    refused = browser.post("/chat/messages", json.dumps({"text": "户" * 10_000}, ensure_ascii=False))
    assert refused.status_code == 413
    assert refused.json()["said"] == say("too_long", limit=500)


def test_text_of_any_kind_goes_through_as_it_was_typed(browser: Visitor, rasa: FakeRasa) -> None:
    texts = ["/restart", "<script>alert(1)</script>", "👶", "", "a\nb", "\ud800", "x" * 10_000]
    for text in texts:
        assert browser.say(text).status_code == 200
    assert [got["message"] for got in rasa.received] == texts


@pytest.mark.parametrize("given", [5, "", "x" * 65, ["m"]])
def test_a_message_id_that_is_none_is_left_out(browser: Visitor, rasa: FakeRasa, given: Any) -> None:
    assert browser.say("上户口", message_id=given).status_code == 200
    assert rasa.received[0].get("message_id") is None


def test_a_rasa_that_breaks_or_says_nothing_is_answered_from_the_knowledge_base(
    rasa: FakeRasa, content: Engine, tmp_path: Path
) -> None:
    with serving(rasa, tmp_path, published=content) as site:
        browser = Visitor(site.url)
        rasa.broken = True
        broken = browser.say("孩子刚出生，上户口要带什么")
        rasa.broken, rasa.script = False, lambda _text: []
        silent = browser.say("孩子刚出生，上户口要带什么")
        rasa.script = lambda _text: [reply_of(Answer(type="talk", outcome="unavailable", said=(say("unavailable"),)).to_dict())]
        without_actions = browser.say("孩子刚出生，上户口要带什么")
    for response in (broken, silent, without_actions):
        (reply,) = response.json()
        assert response.status_code == 200
        assert reply["custom"]["matter"] == "newborn"
        assert reply["custom"]["notices"] and reply["text"]


def test_what_is_answered_without_rasa_is_limited_in_length_and_in_number(
    rasa: FakeRasa, content: Engine, tmp_path: Path
) -> None:
    rasa.broken = True
    with serving(rasa, tmp_path, published=content) as site:
        browser = Visitor(site.url)
        assert browser.say("户" * 501).json()[0]["text"] == say("too_long", limit=500)
        texts = [browser.say("你好").json()[0]["text"] for _ in range(asking.BURST + 2)]
    assert texts[0] != say("too_fast") == texts[-1]


def test_without_rasa_and_without_a_database_the_page_still_comes_and_says_so(site: str, rasa: FakeRasa) -> None:
    rasa.broken, rasa.healthy = True, False
    refused = Visitor(site).say("上户口")
    assert (refused.status_code, refused.json()["said"]) == (503, say("unavailable"))
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
    "path", [*OURS, "/healthz", "/static/style.css", "/static/chat.js", "/nothing", "/chat/messages", "/lists", "/c/QD1234"]
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


def test_the_conversation_is_never_cached(browser: Visitor) -> None:
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
    for path in OURS:
        html = requests.get(site + path).text
        assert not re.findall(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", html)
        assert not re.findall(r"(?:src|href)=\"(?!/|#|tel:)", html)


def test_text_in_a_page_made_on_the_server_is_never_markup() -> None:
    evil = "<script>\"'&"
    made = tag("p", evil, [evil, tag("b", evil)], title=evil)
    assert "<script>" not in made
    assert unescape(made) == f'<p title="{evil}">{evil}{evil}<b>{evil}</b></p>'


def test_the_page_carries_the_reviewed_wording(site: str) -> None:
    html = unescape(requests.get(f"{site}/").text)
    for sentence in (say("greet"), say("first_notice"), *choices("capability_examples")):
        assert sentence in html


def test_the_desk_says_that_it_is_not_built_and_what_works_today(site: str) -> None:
    html = requests.get(f"{site}/desk").text
    assert "还没有建好" in html
    assert all(f"bin/yjs {verb}" in html for verb in ("ask", "search", "show"))


def test_everything_that_a_page_fetches_weighs_less_than_100_kb(site: str) -> None:
    assert sum(len(requests.get(f"{site}{path}").content) for path in ("/", "/privacy", "/c", *_assets())) < 100 * 1024


def test_the_page_says_only_what_is_on_file_and_all_of_it() -> None:
    scripts = "".join((pages.STATIC / name).read_text(encoding="utf-8") for name in pages.assets() if name.endswith(".js"))
    assert set(re.findall(r"(?<![/\w])labels\.([a-z_]+)", scripts)) <= set(labels())
    assert set(re.findall(r"\bwords\.([a-z_]+)|\bwords\[", scripts)) == set(page("web")["page"])
    spoken = re.sub(r"//.*|/\*\*.*?\*/", "", scripts)
    assert not re.findall("[\u4e00-\u9fff]", spoken), "wording belongs in knowledge/content/wording/web.yml"


def test_every_module_that_the_page_needs_is_fetched_at_once() -> None:
    needed, seen = {"chat"}, set()
    while needed:
        seen |= (now := needed)
        texts = [(pages.STATIC / f"{name}.js").read_text(encoding="utf-8") for name in now]
        needed = {name for text in texts for name in re.findall(r'from "\./(\w+)\.js"', text)} - seen
    assert seen - {"chat"} == set(pages.MODULES)


def test_large_print_and_high_contrast_come_with_the_page_and_nothing_else_does(site: str) -> None:
    chosen = requests.get(f"{site}/", cookies={pages.COMFORT_COOKIE: "large.contrast.evil"}).text
    assert '<html lang="zh-CN" class="large contrast">' in chosen
    assert 'class=""' in requests.get(f"{site}/c").text


def test_the_page_counts_up_to_what_the_door_lets_in() -> None:
    assert bodies.LONGEST_TEXT == door.LONGEST


def _assets() -> list[str]:
    return [f"/static/{name}" for name in pages.assets()]
