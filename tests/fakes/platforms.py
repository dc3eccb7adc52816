"""Two status platforms, shaped differently (facts C6–C7), as real HTTP servers on ports of their own."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Literal, Mapping, Optional, Sequence
from urllib.parse import parse_qsl, urlsplit

AFFAIR_NO = "12441500196720244T3442199806003202206230068"

Failure = Literal["500", "429", "timeout", "malformed", "redirect"]
Record = dict[str, Any]
Reply = tuple[int, bytes]


@dataclass(frozen=True)
class Request:
    """What arrived at a fake platform."""

    method: str
    path: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass
class FakePlatform:
    """A server that answers from `records`, remembers `requests`, and fails when told to."""

    records: dict[str, Record] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    failure: Optional[Failure] = None
    failures_left: int = 0

    def __enter__(self) -> Any:
        self._released = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads, self._server.block_on_close = True, False
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, _kind: Optional[type[BaseException]], _error: Optional[BaseException], _trace: Optional[TracebackType]
    ) -> None:
        self._released.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Return the address of the service."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def fail(self, failure: Failure, *, times: int = 1000) -> None:
        """Fail the next `times` requests."""
        self.failure, self.failures_left = failure, times

    def handle(self, request: Request) -> Reply:
        """Return status and body for a request, failing where told to."""
        self.requests.append(request)
        if self.failures_left > 0:
            self.failures_left -= 1
            return self._failed()
        return self.reply(request)

    def reply(self, request: Request) -> Reply:
        """Return the platform's own answer."""
        raise NotImplementedError

    def _failed(self) -> Reply:
        if self.failure == "timeout":
            self._released.wait(2)
        statuses = {"500": 500, "429": 429, "redirect": 302}
        return statuses.get(str(self.failure), 200), "<html>系统繁忙</html>".encode()


class AffairPlatform(FakePlatform):
    """REST: GET /affair/{no}, codes 01–15, nested items, ISO dates; whoever asks has to compare the check."""

    def reply(self, request: Request) -> Reply:
        """Return the record of the number in the path, or 404."""
        record = self.records.get(request.path.removeprefix("/affair/"))
        if request.method != "GET" or record is None:
            return 404, _json({"message": "not found"})
        return 200, _json(record)


class ProjectPlatform(FakePlatform):
    """Forms: POST /project/query by projid and checkcode, then /project/items by projectno; an envelope around all."""

    def reply(self, request: Request) -> Reply:
        """Return the envelope of one item or of the items of a project."""
        if request.method != "POST":
            return 405, b""
        if request.path == "/project/items":
            project_no = request.form["projectno"]
            linked = [self._public(one) for one in self.records.values() if one["projectno"] == project_no]
            return 200, _json({"code": 200, "msg": "ok", "data": {"办件列表": linked}})
        record = self.records.get(request.form.get("projid", ""))
        if record is None or record["checkcode"] != request.form.get("checkcode"):
            return 200, _json({"code": 404, "msg": "办件不存在", "data": None})
        return 200, _json({"code": 200, "msg": "ok", "data": self._public(record)})

    def _public(self, record: Record) -> Record:
        return {name: content for name, content in record.items() if name != "checkcode"}


def affair(code: str = "08", records: Sequence[tuple[str, str]] = (), **changes: Any) -> dict[str, Any]:
    """Return a record of the REST platform; `records` are (code, date)."""
    item = {
        "itemName": "出生登记",
        "deptName": "公安局",
        "status": code,
        "promiseDays": "10",
        "records": [{"status": status, "date": date, "remark": None} for status, date in records],
    }
    record = {
        "affairNo": AFFAIR_NO,
        "themeCode": "YJS-XSE",
        "areaCode": "430102999000",
        "status": code,
        "applicant": {"name": "张三", "idNo": "43010219900307123X", "phone": "13900001234"},
        "items": [item],
    }
    return record | changes


def project(no: str, name: str, nodes: Sequence[tuple[str, str, str]], **changes: Any) -> dict[str, Any]:
    """Return a record of the form platform; `nodes` are (节点, 结果, 时间)."""
    record = {
        "办件编号": no,
        "projectno": "ZT202611160001",
        "checkcode": "1234",
        "主题编码": "ZT0002",
        "区划": "430104000000",
        "事项名称": name,
        "办理部门": "市场监督管理局",
        "承诺工作日": 10,
        "环节": [
            {"环节名称": node, "办理结果": result, "办理时间": at, "办理意见": None} for node, result, at in nodes
        ],
    }
    return record | changes


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode()


def _handler(platform: FakePlatform) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            """Answer a GET."""
            self._answer({})

        def do_POST(self) -> None:
            """Answer a POST of a form."""
            length = int(self.headers.get("Content-Length") or 0)
            self._answer(dict(parse_qsl(self.rfile.read(length).decode())))

        def _answer(self, form: Mapping[str, str]) -> None:
            parts = urlsplit(self.path)
            query, headers = dict(parse_qsl(parts.query)), dict(self.headers.items())
            status, body = platform.handle(Request(self.command, parts.path, query, form, headers))
            try:
                self._send(status, body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def _send(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            if status == 302:
                self.send_header("Location", "/login")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    return Handler
