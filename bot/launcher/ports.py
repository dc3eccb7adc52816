"""Whether everything we want to listen on is free, found out before anything starts."""

from __future__ import annotations

import errno
import socket
from contextlib import ExitStack
from typing import Mapping, Optional

from bot.launcher.errors import PortsInUse
from knowledge.settings import Listen


def check(wanted: Mapping[str, Listen]) -> None:
    """Raise PortsInUse naming every setting of `wanted` whose address cannot be listened on."""
    with ExitStack() as held:
        # All are held until the end, so that two settings with the same address are found as well.
        troubles = [trouble for name, listen in wanted.items() if (trouble := _trouble(held, name, listen))]
    if troubles:
        raise PortsInUse("\n".join(troubles))


def _trouble(held: ExitStack, name: str, listen: Listen) -> Optional[str]:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(listen.host, listen.port, type=socket.SOCK_STREAM)[0]
        probe = held.enter_context(socket.socket(family, kind, protocol))
        # Connections of an earlier run that are still closing do not count as somebody listening.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        probe.listen()
    except OSError as error:
        return _explain(name, listen, error)
    return None


def _explain(name: str, listen: Listen, error: OSError) -> str:
    where = f"{name}={listen.host}:{listen.port}"
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {listen.port} is in use ({where}). Stop what listens there (`ss -ltnp 'sport = :{listen.port}'` shows it), "
            f"or choose another: {name}={listen.host}:{listen.port + 1} make run"
        )
    return f"{where} cannot be listened on: {error.strerror}. Give an address of this machine and a port from 1024 up."
