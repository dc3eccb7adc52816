"""`python -m bot.launcher [run|train]`: what `make run` and `make train` do."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time

from bot.launcher import health, model, ports
from bot.launcher.errors import LaunchError
from bot.launcher.preparation import prepare_content, prepare_database
from bot.launcher.report import say
from bot.launcher.services import environment, listens, services, serving, telegram_wanted
from bot.launcher.supervisor import Supervisor
from knowledge import settings
from knowledge.errors import KnowledgeError
from knowledge.settings import Settings


def run(here: Settings) -> None:
    """Prepare everything, start everything, and keep it running until a signal comes."""
    began = time.monotonic()
    environ = environment(here, given=os.environ)
    ports.check(listens(here))
    prepare_database(here, say=say)
    trained = model.ensure(here, environ=environ, say=say)
    with Supervisor(services(here, model=trained), environ=serving(environ), logs=here.data_dir / "logs", say=say) as supervisor:
        say("starting")
        supervisor.start()
        # Reading the content takes as long as starting does, so both happen at once.
        prepare_content(here, say=say)
        supervisor.wait_until_ready()
        if not health.warm_up(here.rasa.url):
            say("  Rasa understood no first sentence; the first citizen will wait a little longer")
        _announce(here, seconds=time.monotonic() - began)
        supervisor.watch()


def train(here: Settings) -> None:
    """Train a model where none fits, and print where it is."""
    print(model.ensure(here, environ=environment(here, given=os.environ), say=say))


def main() -> int:
    """Run one of the two; tell the operator what went wrong in words. Being asked to stop is no failure."""
    parser = argparse.ArgumentParser(prog="python -m bot.launcher", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("run", "train"), default="run")
    what = {"run": run, "train": train}[parser.parse_args().what]
    _heed_signals()
    try:
        what(settings.load())
    except KeyboardInterrupt:
        say("stopped")
    except (LaunchError, KnowledgeError) as error:
        say(str(error))
        return 1
    return 0


def _heed_signals() -> None:
    """Let every signal that asks to stop do what Ctrl-C does, but leave a hang-up ignored where `nohup` made it so."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)


def _announce(here: Settings, *, seconds: float) -> None:
    say(f"ready after {seconds:.1f} s; Ctrl-C stops everything")
    say(f"  citizens       {here.web.url}/")
    say(f"  staff desk     {here.web.url}/desk")
    say(f"  Rasa           {here.rasa.url}/  (trusted callers on this machine)")
    say(f"  action server  {here.actions.url}/  (Rasa alone)")
    say(f"  Telegram       {_telegram(here)}")
    say(f"  logs           {here.data_dir / 'logs'}")


def _telegram(here: Settings) -> str:
    if here.telegram_token is None:
        return "off: YJS_TELEGRAM_TOKEN is not set"
    return "on" if telegram_wanted(here) else "off: YJS_TELEGRAM_TOKEN is set, but this release has no Telegram door yet"


if __name__ == "__main__":
    sys.exit(main())
