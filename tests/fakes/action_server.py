"""A stand-in for the action server: counts the turns of a conversation in `context`, and can be stopped."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from knowledge.values.answer import Answer


class ActionServer:
    """Listens on a free port of this machine until `stop`."""

    def __init__(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Turns)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return "{}:{}".format(*self._server.server_address[:2])

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Turns(BaseHTTPRequestHandler):
    """Speaks rasa-sdk's protocol."""

    def do_GET(self) -> None:
        self._send({"status": "ok"})

    def do_POST(self) -> None:
        tracker = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["tracker"]
        turn = (tracker["slots"]["context"] or {"turn": 0})["turn"] + 1
        answer = Answer(outcome="answered", said=(f"第{turn}句：{tracker['latest_message']['text']}",))
        slot = {"event": "slot", "timestamp": None, "name": "context", "value": {"turn": turn}}
        self._send({"events": [slot], "responses": [{"custom": answer.to_dict()}]})

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""

    def _send(self, body: Any) -> None:
        encoded = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(encoded)))
        self.end_headers()
        self.wfile.write(encoded)
