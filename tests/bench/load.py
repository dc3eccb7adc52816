"""The load generator, a process of its own: `python -m tests.bench.load < plan.json`. It talks to this machine alone."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import asdict, dataclass
from typing import Any, Iterator, Mapping, Optional, Sequence

import aiohttp

from tests.bench.replies import Judge, judge

Body = Mapping[str, str]
THIS_MACHINE = "http://127.0.0.1:"
MOST_MESSAGES = 10_000
MOST_SECONDS = 600.0
PATIENCE = aiohttp.ClientTimeout(total=20)


@dataclass(frozen=True)
class Plan:
    """Conversations to hold: by `clients` one after the other, or one begun every 1/`rate` seconds."""

    url: str
    expect: str
    conversations: Sequence[Sequence[Body]]
    clients: int = 1
    rate: Optional[float] = None

    def __post_init__(self) -> None:
        if not self.url.startswith(THIS_MACHINE):
            raise ValueError(f"{self.url} is not on this machine. The bench sends to {THIS_MACHINE}… only.")
        if sum(map(len, self.conversations)) > MOST_MESSAGES:
            raise ValueError(f"A plan has at most {MOST_MESSAGES} messages. Send fewer.")


@dataclass(frozen=True)
class Shot:
    """One message: how long its reply took, what it came to, and what is wrong with it if anything is."""

    ms: float
    outcome: str
    wrong: Optional[str] = None


@dataclass(frozen=True)
class Run:
    """What a plan came to; `shots` as its conversations."""

    seconds: float
    shots: Sequence[Sequence[Shot]]

    @property
    def flat(self) -> list[Shot]:
        """Return every shot."""
        return [shot for conversation in self.shots for shot in conversation]


async def run(plan: Plan) -> Run:
    """Carry out the plan; raise TimeoutError where it takes longer than `MOST_SECONDS`."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=PATIENCE) as session:
        began = time.perf_counter()
        work = _evenly(session, plan) if plan.rate else _by_clients(session, plan)
        shots = await asyncio.wait_for(work, MOST_SECONDS)
        return Run(time.perf_counter() - began, shots)


async def _by_clients(session: aiohttp.ClientSession, plan: Plan) -> list[list[Shot]]:
    made: list[list[Shot]] = [[] for _ in plan.conversations]
    waiting = iter(list(enumerate(plan.conversations)))
    await asyncio.gather(*(_client(session, plan, waiting, made) for _ in range(plan.clients)))
    return made


async def _client(
    session: aiohttp.ClientSession, plan: Plan, waiting: Iterator[tuple[int, Sequence[Body]]], made: list[list[Shot]]
) -> None:
    for place, bodies in waiting:
        made[place] = await _hold(session, plan, bodies, since=None)


async def _evenly(session: aiohttp.ClientSession, plan: Plan) -> list[list[Shot]]:
    began = time.perf_counter()
    held = []
    for place, bodies in enumerate(plan.conversations):
        due = began + place / (plan.rate or 1.0)
        await asyncio.sleep(due - time.perf_counter())
        held.append(asyncio.create_task(_hold(session, plan, bodies, since=due)))
    return list(await asyncio.gather(*held))


async def _hold(
    session: aiohttp.ClientSession, plan: Plan, bodies: Sequence[Body], *, since: Optional[float]
) -> list[Shot]:
    # A message counts from when it was due: waiting because this process was late is waiting all the same.
    check = judge(plan.expect)
    starts = [since, *[None] * (len(bodies) - 1)]
    return [await _send(session, plan.url, body, check, since=start) for body, start in zip(bodies, starts)]


async def _send(session: aiohttp.ClientSession, url: str, body: Body, check: Judge, *, since: Optional[float]) -> Shot:
    began = time.perf_counter() if since is None else since
    try:
        async with session.post(url, json=body) as response:
            status, raw = response.status, await response.read()
    except (aiohttp.ClientError, asyncio.TimeoutError) as error:
        return Shot(1000 * (time.perf_counter() - began), "none", type(error).__name__)
    took = 1000 * (time.perf_counter() - began)
    return Shot(took, *check(status, raw))


def main() -> None:
    """Read a plan, carry it out, write what it came to."""
    given: dict[str, Any] = json.load(sys.stdin)
    json.dump(asdict(asyncio.run(run(Plan(**given)))), sys.stdout)


if __name__ == "__main__":
    main()
