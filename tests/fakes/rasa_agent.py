"""A stand-in for Rasa's agent: answers by what the message says, and breaks when it is told to."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, Optional

from knowledge.values.answer import Answer, OpenQuestion

ASKED = OpenQuestion(key="parents", text="孩子父母领结婚证了吗？", options=("已领结婚证", "没领"))


@dataclass
class FakeAgent:
    """What the REST channel needs of `rasa.core.agent.Agent`; `heard` is what reached it."""

    actions_url: str
    ready: bool = True
    heard: list[tuple[str, str]] = field(default_factory=list)

    @property
    def action_endpoint(self) -> Any:
        return SimpleNamespace(url=f"{self.actions_url}/webhook")

    @property
    def processor(self) -> FakeAgent:
        return self

    def is_ready(self) -> bool:
        return self.ready

    async def handle_message(self, message: Any) -> None:
        self.heard.append((message.sender_id, message.text))
        if "爆炸" in message.text:
            raise RuntimeError(message.text)
        await asyncio.sleep(60 if "很慢" in message.text else 0.005)
        if "沉默" not in message.text:
            await message.output_channel.send_response(
                message.sender_id, {"text": None, "custom": self.answer(message.text)}
            )

    def answer(self, text: str) -> Optional[dict[str, Any]]:
        said = (f"第{len(self.heard)}句：{text}",)
        return Answer(
            outcome="answered", matter="newborn", matter_name="新生儿出生", said=said, questions=(ASKED,)
        ).to_dict()

    async def parse_message(self, message: Any) -> dict[str, Any]:
        start = message.text.find("江北区")
        entities = [{"entity": "region", "value": "500105", "start": start, "end": start + 3}] if start >= 0 else []
        # As Rasa does: a text that begins with a slash is an intent.
        intent = "command" if message.text.lstrip().startswith("/") else "ask"
        return {"text": message.text, "intent": {"name": intent, "confidence": 0.9}, "entities": entities}
