"""Lists that last, over real HTTP: ticked without Rasa, shared by a code, never another's."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any, Iterator

import pytest
import requests

from bot.channels.web import pages
from bot.rendering import qr
from knowledge.store.engine import Engine
from knowledge.wording import page, say
from tests.fakes.rasa_rest import FakeRasa
from tests.fakes.web_site import COOKIE, MARRIAGE, Site, Visitor, serving
from tests.talking import DROPPED, published_otherwise

CODE = re.compile(r"QD\d{4}-\d{4}-\d{4}")
# A code that nobody was given: one in 10 ** 12.
UNKNOWN = "QD0000-0000-0000"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("web")


@pytest.fixture(scope="module")
def site(folder: Path, content: Engine) -> Iterator[Site]:
    rasa = FakeRasa(lambda _text: [])
    with serving(rasa, folder, published=content) as site:
        rasa.script = lambda _text: [site.kept_answer()]
        yield site


@pytest.fixture
def owner(site: Site) -> Visitor:
    """Return somebody who has asked about a newborn child, and whose list is kept."""
    return asked(site)


@pytest.fixture
def stranger(site: Site) -> Visitor:
    return Visitor(site.url)


def asked(site: Site) -> Visitor:
    visitor = Visitor(site.url)
    assert visitor.say("孩子刚出生，户口怎么上").status_code == 200
    return visitor


def code_of(owner: Visitor, role: str = "reader") -> str:
    shared = owner.send("/lists/newborn/share", {"role": role})
    assert shared.status_code == 200
    return str(shared.json()["code"])


def tick(visitor: Visitor, line: str = "marriage_certificate", *, ticked: bool = True) -> requests.Response:
    return visitor.send("/lists/newborn/ticks", {"line": line, "ticked": ticked})


def ticks(found: Any) -> list[str]:
    return [line["id"] for line in found["answer"]["checklist"] if line["ticked"]]


def test_a_list_that_was_told_is_among_the_persons_lists(owner: Visitor) -> None:
    (row,) = owner.get("/lists").json()["lists"]
    assert (row["matter"], row["name"], row["role"], row["touched_on"]) == ("newborn", "新生儿出生", "owner", "2026-11-23")
    assert 0 < row["left"] == row["total"]
    found = owner.get("/lists/newborn").json()
    assert (found["left"], found["total"]) == (row["left"], row["total"])
    assert {"checklist", "steps", "sources", "time_limit"} <= found["answer"].keys()


def test_a_tick_is_kept_and_counted_and_taken_back(owner: Visitor) -> None:
    before = owner.get("/lists/newborn").json()["left"]
    ticked = tick(owner).json()
    assert (ticks(ticked), ticked["left"]) == (["marriage_certificate"], before - 1)
    assert ticks(owner.get("/lists/newborn").json()) == ["marriage_certificate"]
    assert tick(owner, ticked=False).json()["left"] == before


def test_nobody_reads_that_all_is_there_while_something_may_still_be_wanted(site: Site, owner: Visitor) -> None:
    sender = site.rasa.received[-1]["sender"]
    site.keep(sender, situation={"parents": "married"})
    found = owner.get("/lists/newborn").json()
    for line in found["answer"]["checklist"]:
        found = tick(owner, line["id"]).json()
    assert found["left"] == 0 < found["maybe"]
    assert f"另有 {found['maybe']} 样看您的情况才要" in requests.get(f"{owner.site}/c/{code_of(owner)}").text


def test_a_tick_needs_no_rasa_and_survives_a_restart(folder: Path, content: Engine, site: Site) -> None:
    visitor = asked(site)
    rasa = FakeRasa(lambda _text: [])
    rasa.broken, rasa.healthy = True, False
    assert tick(visitor).status_code == 200
    with serving(rasa, folder) as restarted:
        visitor.site = restarted.url
        visitor.fresh_token()
        assert ticks(visitor.get("/lists/newborn").json()) == ["marriage_certificate"]
        assert visitor.get("/lists/newborn.pdf").content.startswith(b"%PDF")
        assert tick(visitor, ticked=False).status_code == 200


def test_a_published_change_is_told_by_the_list_on_the_page_not_by_a_tick_or_a_paper(site: Site, owner: Visitor) -> None:
    published_otherwise(site.assistant.engine, site.rasa.received[-1]["sender"])
    ticked = tick(owner).json()
    assert all(owner.get(f"/lists/newborn.{paper}").status_code == 200 for paper in ("pdf", "ics", "print"))
    told, again = owner.get("/lists/newborn").json(), owner.get("/lists/newborn").json()
    assert [any(DROPPED in sentence for sentence in found["answer"]["said"]) for found in (ticked, told, again)] == [False, True, False]


def test_a_line_that_is_not_on_the_list_cannot_be_ticked(owner: Visitor) -> None:
    assert tick(owner, "somebody_elses").status_code == 404


@pytest.mark.parametrize("body", [{}, {"line": 5, "ticked": True}, {"line": "x", "ticked": "yes"}, {"line": "x"}, []])
def test_a_tick_that_is_none_is_a_400(owner: Visitor, body: Any) -> None:
    assert owner.send("/lists/newborn/ticks", body).status_code == 400


def test_dropping_a_list_takes_it_away(owner: Visitor) -> None:
    assert owner.send("/lists/newborn/drop", {}).json() == {"dropped": True}
    assert owner.get("/lists").json() == {"lists": []}
    assert owner.send("/lists/newborn/drop", {}).status_code == 404


@pytest.mark.parametrize("path", ["/lists/newborn", "/lists/newborn.pdf", "/lists/newborn.ics", "/lists/newborn.print"])
def test_another_sessions_list_is_as_if_it_were_not_there(owner: Visitor, stranger: Visitor, path: str) -> None:
    assert owner.get(path).status_code == 200
    assert stranger.get(path).status_code == stranger.get(path.replace("newborn", "restaurant")).status_code == 404


def test_the_holder_is_never_the_clients_word(site: Site, owner: Visitor, stranger: Visitor) -> None:
    sender = site.rasa.received[-1]["sender"]
    for name in ("holder", "sender", "id"):
        assert stranger.get("/lists/newborn", params={name: sender}).status_code == 404
        assert stranger.get("/lists", params={name: sender}).json() == {"lists": []}
        body = {"line": "marriage_certificate", "ticked": True, name: sender}
        assert stranger.send("/lists/newborn/ticks", body).status_code == 404


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("ticks", {"line": "marriage_certificate", "ticked": True}),
        ("share", {"role": "reader"}),
        ("drop", {}),
    ],
)
def test_another_sessions_list_cannot_be_written(owner: Visitor, stranger: Visitor, verb: str, body: Any) -> None:
    assert stranger.send(f"/lists/newborn/{verb}", body).status_code == 404
    assert ticks(owner.get("/lists/newborn").json()) == []


def test_another_session_revokes_nothing(owner: Visitor, stranger: Visitor) -> None:
    code = code_of(owner)
    assert stranger.send("/lists/newborn/revoke", {}).json() == {"revoked": False}
    assert requests.get(f"{owner.site}/c/{code}").status_code == 200


def test_a_forged_cookie_reads_and_writes_nothing(owner: Visitor) -> None:
    name, _, mac = owner.http.cookies[COOKIE].partition(".")
    for forged in (f"{name}.{'0' * 64}", f"{name}x.{mac}", name, f".{mac}"):
        cookie = {"Cookie": f"{COOKIE}={forged}"}
        assert requests.get(f"{owner.site}/lists", headers=cookie).status_code == 403
        assert requests.get(f"{owner.site}/lists/newborn", headers=cookie).status_code == 403
        posted = requests.post(
            f"{owner.site}/lists/newborn/drop", json={}, headers={**cookie, "X-YJS-Token": owner.token}
        )
        assert posted.status_code == 403
    assert len(owner.get("/lists").json()["lists"]) == 1


@pytest.mark.parametrize(
    "path", ["/lists/newborn/ticks", "/lists/newborn/share", "/lists/newborn/revoke", "/lists/newborn/drop", "/lists/join", "/forget"]
)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"X-YJS-Token": "guessed"},
        {"Content-Type": "text/plain"},
    ],
)
def test_no_other_page_can_post(owner: Visitor, path: str, headers: dict[str, str]) -> None:
    body = {"line": "marriage_certificate", "ticked": True, "role": "reader", "code": UNKNOWN}
    assert owner.send(path, body, headers=headers).status_code in (403, 415)
    assert ticks(owner.get("/lists/newborn").json()) == []


def test_a_readers_code_shows_the_list_without_cookie_or_script_and_changes_nothing(owner: Visitor) -> None:
    tick(owner)
    code = code_of(owner)
    shown = requests.get(f"{owner.site}/c/{code}")
    html = unescape(shown.text)
    assert shown.status_code == 200
    assert "Set-Cookie" not in shown.headers
    assert shown.headers["X-Robots-Tag"] == "noindex, nofollow" and 'content="noindex, nofollow"' in html
    for line in owner.get("/lists/newborn").json()["answer"]["checklist"]:
        assert line["name"] in html
    assert html.count(f"{page('web')['sheet']['has']}：") == 1
    assert say("not_reviewed") in html and MARRIAGE in html
    assert "<input" not in html and "<form" not in html
    assert not re.findall(r"(?:src|href)=\"(?!/|#|tel:)", shown.text)


def test_a_code_may_be_written_as_people_write_it(owner: Visitor) -> None:
    code = code_of(owner)
    for written in (code.lower(), code.replace("-", ""), code.replace("-", " ")):
        assert requests.get(f"{owner.site}/c", params={"code": f" {written} "}).status_code == 200


def test_a_code_that_opens_nothing_brings_the_form_again(site: Site) -> None:
    for code in (UNKNOWN, "x", "<script>", "%F0%9F%91%B6"):
        shown = requests.get(f"{site.url}/c/{code}", headers={"X-Forwarded-For": f"198.51.100.{len(code)}"})
        assert shown.status_code == 404
        assert page("web")["code"]["wrong"] in shown.text and "<script>" not in shown.text


def test_who_tries_codes_too_often_opens_nothing_for_a_while(owner: Visitor) -> None:
    code = code_of(owner)
    guesser, other = ({"X-Forwarded-For": address} for address in ("203.0.113.7", "203.0.113.8"))
    for n in range(6):
        requests.get(f"{owner.site}/c/QD0000-0000-000{n}", headers=guesser)
    assert requests.get(f"{owner.site}/c/{code}", headers=guesser).status_code == 404
    assert requests.get(f"{owner.site}/c/{code}", headers=other).status_code == 200


def test_only_what_the_proxy_itself_wrote_says_where_somebody_comes_from(owner: Visitor) -> None:
    code = code_of(owner)
    for n in range(6):
        forged = {"X-Forwarded-For": f"198.51.100.{n}, 203.0.113.77"}
        requests.get(f"{owner.site}/c/QD0000-0000-000{n}", headers=forged)
    forged = {"X-Forwarded-For": "198.51.100.99, 203.0.113.77"}
    assert requests.get(f"{owner.site}/c/{code}", headers=forged).status_code == 404


def test_joining_with_a_readers_code_looks_and_with_a_companions_ticks(site: Site, owner: Visitor) -> None:
    reader, companion = Visitor(site.url), Visitor(site.url)
    joined = reader.send("/lists/join", {"code": code_of(owner)})
    assert (joined.status_code, joined.json()["role"]) == (200, "reader")
    assert tick(reader).status_code == 404
    assert reader.send("/lists/newborn/share", {"role": "companion"}).status_code == 404
    assert companion.send("/lists/join", {"code": code_of(owner, "companion")}).json()["role"] == "companion"
    assert tick(companion).status_code == 200
    assert ticks(owner.get("/lists/newborn").json()) == ticks(reader.get("/lists/newborn").json()) == ["marriage_certificate"]


def test_a_code_that_opens_nothing_joins_nothing(stranger: Visitor) -> None:
    refused = stranger.send("/lists/join", {"code": UNKNOWN})
    assert (refused.status_code, refused.json()["said"]) == (404, page("web")["code"]["wrong"])


def test_after_revoking_neither_the_code_nor_who_had_joined_sees_the_list(owner: Visitor, stranger: Visitor) -> None:
    code = code_of(owner)
    stranger.send("/lists/join", {"code": code})
    assert owner.send("/lists/newborn/revoke", {}).json() == {"revoked": True}
    assert requests.get(f"{owner.site}/c/{code}", headers={"X-Forwarded-For": "192.0.2.1"}).status_code == 404
    assert stranger.get("/lists/newborn").status_code == 404
    assert stranger.send("/lists/join", {"code": code}).status_code == 404


@pytest.mark.parametrize("role", ["owner", "editor", "", None, ["reader"]])
def test_only_the_two_roles_are_shared(owner: Visitor, role: Any) -> None:
    assert owner.send("/lists/newborn/share", {"role": role}).status_code == 400


def test_the_picture_of_a_code_leads_to_its_page(owner: Visitor) -> None:
    code = code_of(owner)
    picture = owner.get(f"/c/{code}.svg")
    assert picture.headers["Content-Type"].startswith("image/svg+xml")
    assert picture.text == qr.svg(f"{owner.site}/c/{code}")
    assert owner.get("/c/hello.svg").status_code == 404


def test_the_papers_of_a_list_carry_the_code_that_is_given_and_no_other_text(owner: Visitor) -> None:
    code = code_of(owner)
    assert code in owner.get("/lists/newborn.print", params={"code": code}).text
    assert not CODE.search(owner.get("/lists/newborn.print").text)
    assert "<b>" not in owner.get("/lists/newborn.print", params={"code": "QD<b>"}).text
    pdf = owner.get("/lists/newborn.pdf", params={"code": code})
    assert pdf.headers["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    assert 'filename="newborn.pdf"' in pdf.headers["Content-Disposition"]


def test_the_calendar_has_the_days_of_the_list_and_of_a_visit(owner: Visitor) -> None:
    assert owner.get("/lists/newborn").json()["days"] is True
    days = owner.get("/lists/newborn.ics")
    assert days.headers["Content-Type"].startswith("text/calendar")
    assert days.text.startswith("BEGIN:VCALENDAR") and "BEGIN:VEVENT" in days.text
    assert "20261130" in owner.get("/lists/newborn.ics", params={"visit": "2026-11-30", "place": "0"}).text


@pytest.mark.parametrize("given", [{"visit": "tomorrow"}, {"visit": "0001-01-01"}, {"visit": "2026-11-30", "place": "99"}])
def test_a_visit_that_cannot_be_is_a_400(owner: Visitor, given: dict[str, str]) -> None:
    assert owner.get("/lists/newborn.ics", params=given).status_code == 400


def test_who_forgets_themselves_is_gone_with_list_and_cookie(owner: Visitor) -> None:
    code, cookie = code_of(owner), owner.http.cookies[COOKIE]
    assert owner.get("/my-data.json").json()
    assert owner.send("/forget", {}).json() == {"forgotten": True}
    assert COOKIE not in owner.http.cookies
    again = requests.get(f"{owner.site}/lists", headers={"Cookie": f"{COOKIE}={cookie}"})
    assert again.json() == {"lists": []}
    assert requests.get(f"{owner.site}/c/{code}", headers={"X-Forwarded-For": "192.0.2.9"}).status_code == 404


def test_my_data_are_a_file_of_the_person_alone(owner: Visitor, stranger: Visitor) -> None:
    mine = owner.get("/my-data.json")
    assert "attachment" in mine.headers["Content-Disposition"]
    assert "新生儿出生" in mine.text
    assert "新生儿出生" not in stranger.get("/my-data.json").text
    assert requests.get(f"{owner.site}/my-data.json").json() == {}


def test_the_privacy_page_says_what_is_kept_and_how_long_without_a_cookie(site: Site) -> None:
    shown = requests.get(f"{site.url}/privacy")
    assert "Set-Cookie" not in shown.headers
    text = unescape(shown.text)
    for entry in page("privacy")["kept"]:
        assert entry["what"] in text
    assert not re.findall(r"\{\w+\}", re.sub(r'name="yjs-wording" content="[^"]*"', "", shown.text))


def test_everything_but_the_shared_page_stays_out_of_caches(owner: Visitor) -> None:
    for path in ("/lists", "/lists/newborn", "/lists/newborn.pdf", "/my-data.json", "/privacy", f"/c/{code_of(owner)}"):
        assert owner.get(path).headers["Cache-Control"] == "no-store"


def test_a_page_made_for_paper_holds_no_inline_script_or_style(owner: Visitor) -> None:
    for path in ("/lists/newborn.print", f"/c/{code_of(owner)}"):
        html = owner.get(path).text
        assert not re.findall(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=", html)
        assert pages.COMFORT_COOKIE not in html
