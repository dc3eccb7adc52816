"""The status provider on a real platform: the only place in `knowledge` that speaks HTTP, outwards."""

from __future__ import annotations

import datetime as dt
import logging
import os
from typing import Any, Callable, Mapping, Optional

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from knowledge.errors import PlatformUnavailable
from knowledge.status.platform_mapping import Call, PlatformMapping
from knowledge.status.platform_reading import ReplyReader
from knowledge.values.status import ApplicationStatus


class PlatformProvider:
    """Asks the service at `url` as `mapping` says; `environ` holds the value of the mapping's auth header."""

    def __init__(
        self,
        url: str,
        *,
        mapping: PlatformMapping,
        today: Callable[[], dt.date],
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        self._url = url.rstrip("/")
        self._mapping = mapping
        self._today = today
        self._reader = ReplyReader(mapping)
        self._session = _session(mapping, environ)

    def lookup(self, application_no: str, *, check: str) -> Optional[ApplicationStatus]:
        """Return the status, None where number and check do not belong together; raise PlatformUnavailable."""
        gaps = {"application_no": application_no, "check": check}
        record = self._record(self._mapping.call, gaps)
        if record is None or not self._reader.belongs(record, check=check):
            return None
        return self._reader.status(
            record, application_no=application_no, today=self._today(), linked=self._linked(record, gaps)
        )

    def _linked(self, record: Mapping[str, Any], gaps: Mapping[str, str]) -> Optional[Mapping[str, Any]]:
        link = self._reader.link(record)
        if not self._mapping.linked or link is None:
            return None
        linked = self._record(self._mapping.linked.call, {**gaps, "link": link})
        if linked is None:
            raise self._reader.malformed("the sister items of an item are not found")
        return linked

    def _record(self, call: Call, gaps: Mapping[str, str]) -> Optional[Mapping[str, Any]]:
        response = self._send(call, gaps)
        if response.status_code in self._mapping.not_found.statuses:
            return None
        if response.status_code != 200:
            raise self._unavailable(f"answers with HTTP {response.status_code}")
        try:
            return self._reader.record(response.json())
        except ValueError:
            raise self._unavailable("answers with something that is no JSON") from None

    def _send(self, call: Call, gaps: Mapping[str, str]) -> requests.Response:
        try:
            return self._session.request(
                call.method,
                self._url + _fill(call.path, gaps),
                params=self._params(call.query, gaps, sent=call.method == "GET"),
                data=self._params(call.form, gaps, sent=call.method == "POST") or None,
                timeout=(self._mapping.timeouts.connect, self._mapping.timeouts.read),
                # A redirect leads to a log-in page or another host; neither may get the header or the number.
                allow_redirects=False,
            )
        except requests.RequestException as error:
            # The error's own text holds the address with the citizen's number in it.
            raise self._unavailable(f"does not answer ({type(error).__name__})") from None

    def _params(self, given: Mapping[str, str], gaps: Mapping[str, str], *, sent: bool) -> dict[str, str]:
        check = self._mapping.check.param
        extra = {check: gaps["check"]} if check and sent else {}
        return {name: _fill(text, gaps) for name, text in given.items()} | extra

    def _unavailable(self, fact: str) -> PlatformUnavailable:
        return PlatformUnavailable(
            f"{self._mapping.name} {fact}. Try YJS_STATUS_URL with curl, then call its operator."
        )


def _fill(template: str, gaps: Mapping[str, str]) -> str:
    for name, text in gaps.items():
        template = template.replace(f"{{{name}}}", text)
    return template


def _session(mapping: PlatformMapping, environ: Mapping[str, str]) -> requests.Session:
    session = requests.Session()
    # ~/.netrc would replace the auth header, and a proxy of the environment would see personal data.
    session.trust_env = False
    session.verify = str(mapping.ca_file) if mapping.ca_file else True
    if mapping.auth and environ.get(mapping.auth.env):
        session.headers[mapping.auth.header] = f"{mapping.auth.scheme} {environ[mapping.auth.env]}".strip()
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=_retry(mapping)))
    # urllib3 logs the address of every request it repeats, and with it the citizen's number.
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    return session


def _retry(mapping: PlatformMapping) -> Retry:
    return Retry(
        total=mapping.retries.total if mapping.idempotent else 0,
        backoff_factor=mapping.retries.backoff,
        status_forcelist=mapping.retries.statuses,
        allowed_methods={mapping.call.method, mapping.linked.call.method if mapping.linked else mapping.call.method},
        raise_on_status=False,
        # A platform's Retry-After may be minutes; a person in a chat is told to call instead.
        respect_retry_after_header=False,
    )
