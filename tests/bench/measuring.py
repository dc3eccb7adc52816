"""The measurements that ours and the reference share: everything that goes over HTTP."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from typing import Callable, Optional, Sequence

from knowledge.settings import ROOT
from tests.bench import sentences
from tests.bench.figures import Figure, Figures, median, percentile, ratio, void
from tests.bench.load import Body, Plan, Run, Shot

LENGTH = 5
ONE, EIGHT = 40, 120
RATE, SECONDS = 15.0, 30
LONG, POSITIONS = 7, (1, 60, 240)
FEWEST_WITH_CHECKLIST = 10

Conversations = list[list[Body]]


@dataclass(frozen=True)
class Target:
    """A running assistant, and what its replies have to be (see `replies.CHECKS`)."""

    url: str
    parsed: str
    answered: str
    listed: str

    def parse(self, texts: Sequence[str]) -> Plan:
        """Return a plan to parse the texts one after the other."""
        return Plan(f"{self.url}/model/parse", self.parsed, [[{"text": text} for text in texts]])

    def talk(self, conversations: Conversations, *, clients: int = 1) -> Plan:
        """Return a plan to hold the conversations without a pause."""
        return Plan(f"{self.url}/webhooks/rest/webhook", self.answered, conversations, clients=clients)

    def list(self, conversations: Conversations, *, rate: Optional[float] = None) -> Plan:
        """Return a plan to ask for checklists."""
        return Plan(f"{self.url}/webhooks/rest/webhook", self.listed, conversations, rate=rate)


def measure(target: Target, *, say: Callable[[str], None]) -> Figures:
    """Return all figures of a running assistant; it is warm afterwards."""
    figures: dict[str, Figure] = {}
    for label, stage in STAGES.items():
        say(f"  {label}")
        figures.update(stage(target))
    return figures


def send(plan: Plan) -> Run:
    """Carry out a plan in a process of its own, so that counting and sending take nothing from what is measured."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.load"],
        input=json.dumps(asdict(plan)), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    came = json.loads(done.stdout)
    return Run(came["seconds"], [[Shot(**shot) for shot in shots] for shots in came["shots"]])


def fault(run: Run) -> str:
    """Return why the figures of a run count for nothing; empty where every reply was a real one."""
    shots = run.flat
    wrong = Counter(shot.wrong for shot in shots if shot.wrong)
    if not wrong:
        return "" if shots else "nothing was sent"
    return f"{wrong.total()} of {len(shots)} replies were none: {', '.join(f'{n} × {why}' for why, n in wrong.most_common())}"


def spoken(name: str, texts: Sequence[str], *, count: int, length: int = LENGTH) -> Conversations:
    """Return conversations of `length` messages, each with a sender of its own, the texts going round."""
    return [
        [{"sender": f"bench-{name}-{n}", "message": texts[(n * length + m) % len(texts)]} for m in range(length)]
        for n in range(count)
    ]


def long_conversation(name: str, texts: Sequence[str], *, probe: str) -> list[Body]:
    """Return a conversation as long as the last of `POSITIONS`, with the probe at each of them."""
    numbered = range(1, POSITIONS[-1] + 1)
    return [
        {"sender": f"bench-{name}", "message": probe if n in POSITIONS else texts[n % len(texts)]} for n in numbered
    ]


def _parsing(target: Target) -> Figures:
    send(target.parse(sentences.warming()))
    return {**_spread("parse", send(target.parse(sentences.parsed())), p50=50, p99=99), **_stories(target)}


def _stories(target: Target) -> Figures:
    return _spread("story", send(target.parse(sentences.stories())), p50=50, worst=100)


def _one(target: Target) -> Figures:
    conversations = spoken("one", sentences.questions(), count=ONE)
    return _timed("one", send(target.talk(conversations)))


def _eight(target: Target) -> Figures:
    conversations = spoken("eight", sentences.questions(), count=EIGHT)
    return _timed("eight", send(target.talk(conversations, clients=8)))


def _checklists(target: Target) -> Figures:
    first = send(
        target.list(spoken("first", sentences.wanting_lists(), count=len(sentences.wanting_lists()), length=1))
    )
    understood = [text for text, shot in zip(sentences.wanting_lists(), first.flat) if not shot.wrong]
    if len(understood) < FEWEST_WITH_CHECKLIST:
        return void(f"only {len(understood)} sentences bring a checklist", "checklist_p50", "checklist_p95")
    conversations = spoken("list", understood, count=int(RATE * SECONDS), length=1)
    return _spread("checklist", send(target.list(conversations, rate=RATE)), p50=50, p95=95)


def _lasting(target: Target) -> Figures:
    texts = sentences.between()
    plan = target.talk([long_conversation(f"long-{n}", texts, probe=sentences.PROBE) for n in range(LONG)])
    run = send(plan)
    names = [*(f"message_{n}" for n in POSITIONS), "lasting"]
    if why := fault(run):
        return void(why, *names)
    values = [median([shots[n - 1].ms for shots in run.shots]) for n in POSITIONS]
    return {name: Figure(value) for name, value in zip(names, [*values, ratio(values[-1], values[0])])}


def _timed(name: str, run: Run) -> Figures:
    times = _spread(name, run, p50=50, p95=95)
    if why := fault(run):
        return {**times, **void(why, f"{name}_rate")}
    return {**times, f"{name}_rate": Figure(len(run.flat) / run.seconds, outcomes(run))}


def _spread(name: str, run: Run, **shares: int) -> Figures:
    names = [f"{name}_{share}" for share in shares]
    if why := fault(run):
        return void(why, *names)
    times = [shot.ms for shot in run.flat]
    return {name: Figure(percentile(times, share), outcomes(run)) for name, share in zip(names, shares.values())}


def outcomes(run: Run) -> str:
    """Return how many replies came to what, most first."""
    counted = Counter(shot.outcome for shot in run.flat).most_common()
    return ", ".join(f"{n} {outcome}" for outcome, n in counted)


STAGES: dict[str, Callable[[Target], Figures]] = {
    "parsing": _parsing,
    "1 client": _one,
    "8 clients": _eight,
    f"{RATE:g} messages a second": _checklists,
    f"conversations of {POSITIONS[-1]} messages": _lasting,
}
