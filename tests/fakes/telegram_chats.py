"""The chats at the other end of the Bot API: what people send, press, edit and block, and what they see."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any, Callable, Literal, Mapping, Optional

from tests.fakes.telegram_limits import Refusal, bad

BOT = {"id": 7000000001, "is_bot": True, "first_name": "导办", "username": "yjs_test_bot"}
# What goes wrong on a bad day: refused, or lost before or after the message was delivered.
Trouble = Literal["429", "500", "502", "hang_before", "hang_after", "drop_before", "drop_after"]
LOOK = 0.01

Given = Mapping[str, Any]


@dataclass
class Call:
    """A call of a method, and what came of it."""

    method: str
    given: dict[str, Any]
    at: float
    result: Any = None
    refused: Optional[str] = None


@dataclass
class Chats:
    """What people do with the bot, and what they see of it."""

    calls: list[Call] = field(default_factory=list)
    # Messages that the bot sent, by chat and number: text, keyboard, document.
    shown: dict[int, dict[int, dict[str, Any]]] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    known: set[int] = field(default_factory=lambda: {1})
    # Where the TLS proxy of a webhook's address leads.
    proxied: dict[str, str] = field(default_factory=dict)
    # Webhooks promise no order: this one turns it round.
    latest_first: bool = False
    # While held back, no webhook is called.
    held: bool = False
    retry_after: int = 1
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._lock = threading.RLock()
        self._updates: list[dict[str, Any]] = []
        self._numbers: dict[str, int] = {"update": 1000, "message": 10, "poll": 0}
        self._webhook: Optional[dict[str, Any]] = None
        self._under_way: set[int] = set()
        self._closing = False
        self._troubles: dict[tuple[str, str], list[Trouble]] = {}
        self._queries: dict[str, bool] = {}
        self.answers_of_webhook: list[int] = []

    # --- what people do ---

    def say(self, text: str, *, chat: int = 1, **more: Any) -> int:
        """Let somebody write; return the number of their message."""
        return self.send(chat=chat, text=text, **more)

    def send(self, *, chat: int = 1, kind: str = "private", **content: Any) -> int:
        """Let somebody send anything; return the number of their message."""
        message = self._message(chat, kind=kind, **content)
        self.deliver({"message": message})
        return int(message["message_id"])

    def edit(self, message_id: int, text: str, *, chat: int = 1) -> None:
        """Let somebody change what they wrote."""
        message = {**self._message(chat, text=text), "message_id": message_id, "edit_date": int(time.time())}
        self.deliver({"edited_message": message})

    def press(self, title: str, *, chat: int = 1, on: Optional[int] = None) -> str:
        """Let somebody press the newest button that holds `title`; return the query's id."""
        with self._lock:
            number, button = next(
                (number, button)
                for number, message in sorted(self.shown[chat].items(), reverse=True)
                if on in (None, number)
                for row in (message["reply_markup"] or {"inline_keyboard": []})["inline_keyboard"]
                for button in row
                if title in button["text"]
            )
            message = {**self._message(chat, text=self.shown[chat][number]["text"]), "message_id": number, "from": BOT}
            message["reply_markup"] = self.shown[chat][number]["reply_markup"]
        return self.press_data(button["callback_data"], message=message)

    def press_data(self, data: str, *, message: dict[str, Any]) -> str:
        """Let somebody press a button with that data."""
        query = f"query{self._next('query')}"
        self._queries[query] = True
        self.deliver({"callback_query": {"id": query, "from": _person(message["chat"]["id"]), "chat_instance": "1", "data": data, "message": message}})
        return query

    def block(self, chat: int = 1) -> None:
        """Let somebody block the bot, without telling it."""
        self.blocked.add(chat)

    def deliver(self, update: dict[str, Any], *, update_id: Optional[int] = None) -> int:
        """Put an update before the bot, once more where its id was used before; return its id."""
        with self._lock:
            number = update_id or self._next("update")
            self._updates.append({"update_id": number, **update})
            return number

    def expire(self, query: str) -> None:
        """Let a pressed button have waited too long to be acknowledged."""
        self._queries[query] = False

    def locked(self) -> threading.RLock:
        """Return what to hold while the chats are changed from outside."""
        return self._lock

    def fail(self, method: str, *troubles: Trouble, chat: Optional[int] = None) -> None:
        """Let the next calls of `method`, or those about one chat, meet these troubles, one each."""
        self._troubles.setdefault((method, str(chat or "")), []).extend(troubles)

    def trouble(self, method: str, given: Given) -> Optional[Trouble]:
        """Return the trouble that a call meets, if any is left for it."""
        waiting = self._troubles.get((method, str(given.get("chat_id", "")))) or self._troubles.get((method, ""))
        return waiting.pop(0) if waiting else None

    # --- what came of it ---

    def texts(self, chat: int = 1) -> list[str]:
        """Return what the chat shows of the bot, oldest first."""
        with self._lock:
            return [message["text"] for _, message in sorted(self.shown.get(chat, {}).items())]

    def buttons(self, chat: int = 1) -> list[str]:
        """Return the titles of all buttons under the newest message that has any."""
        with self._lock:
            for _, message in sorted(self.shown.get(chat, {}).items(), reverse=True):
                if message["reply_markup"]:
                    return [button["text"] for row in message["reply_markup"]["inline_keyboard"] for button in row]
            return []

    def of(self, method: str) -> list[Call]:
        """Return the calls of one method."""
        return [call for call in self.calls if call.method == method]

    def wait(self, reached: Callable[[], Any], *, seconds: float = 8.0) -> Any:
        """Return what `reached` gives once it is true of the chat."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with self._lock:
                if came := reached():
                    return came
            time.sleep(LOOK)
        latest = {chat: self.texts(chat) for chat in list(self.shown)[-2:]}
        called = [(call.method, call.refused) for call in self.calls[-8:]]
        raise AssertionError(f"not reached within {seconds} s; the latest chats show {latest}; the latest calls: {called}")

    @property
    def pending(self) -> int:
        """Return how many updates the bot has not confirmed."""
        return len(self._updates)

    # --- what the methods share ---

    def _chat(self, given: Given) -> int:
        chat = int(given["chat_id"])
        if chat not in self.known:
            raise bad("chat not found")
        if chat in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        return chat

    def _show(self, chat: int, **content: Any) -> dict[str, Any]:
        with self._lock:
            number = self._next("message")
            self.shown.setdefault(chat, {})[number] = content
            return self._told(chat, number)

    def _edited(self, given: Given, changes: dict[str, Any]) -> dict[str, Any]:
        chat, number = self._chat(given), int(given["message_id"])
        with self._lock:
            before = self.shown.get(chat, {}).get(number)
            if before is None:
                raise bad("message to edit not found")
            after = {**before, **changes}
            if after == before:
                raise bad(
                    "message is not modified: specified new message content and reply markup are exactly the same "
                    "as a current content and reply markup of the message"
                )
            self.shown[chat][number] = after
            return self._told(chat, number)

    def _told(self, chat: int, number: int) -> dict[str, Any]:
        content = {key: entry for key, entry in self.shown[chat][number].items() if entry and key not in ("bytes", "reply_parameters")}
        return {**self._message(chat), **content, "message_id": number, "from": BOT}

    def _message(self, chat: int, *, kind: str = "private", **content: Any) -> dict[str, Any]:
        self.known.add(chat)
        group = {} if kind == "private" else {"title": "邻居群"}
        number = self._next("message")
        place = {"id": chat, "type": kind, **group}
        return {"message_id": number, "date": int(time.time()), "chat": place, "from": _person(chat), **_commanded(content)}

    def _next(self, what: str) -> int:
        with self._lock:
            self._numbers[what] = self._numbers.get(what, 0) + 1
            return self._numbers[what]


def _person(chat: int) -> dict[str, Any]:
    return {"id": abs(chat), "is_bot": False, "first_name": "王", "language_code": "zh-hans"}


def _commanded(content: dict[str, Any]) -> dict[str, Any]:
    text = content.get("text", "")
    if not text.startswith("/"):
        return content
    return {**content, "entities": [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]}
