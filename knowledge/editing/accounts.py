"""Who may do what: accounts with hashed passwords, the same for terminal and desk."""

from __future__ import annotations

import datetime as dt
from typing import Sequence

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from knowledge.errors import Refused
from knowledge.store import editors as store
from knowledge.store.engine import Engine
from knowledge.values.editing import Editor, Role
from knowledge.wording import label, tell

SHORTEST_PASSWORD = 10


def add(engine: Engine, name: str, *, password: str, roles: Sequence[Role], at: dt.datetime) -> Editor:
    """Open an account, or give the one of that name a new password and roles; raise Refused for a weak password."""
    if len(password) < SHORTEST_PASSWORD:
        raise Refused(tell("password_short", least=SHORTEST_PASSWORD))
    if name in password:
        raise Refused(tell("password_name"))
    editor = Editor(name=name, roles=tuple(roles), password_hash=PasswordHasher().hash(password), added_at=at)
    store.put(engine, editor)
    return editor


def sign_in(engine: Engine, name: str, password: str) -> Editor:
    """Return the account; raise Refused, in the same words whatever is wrong."""
    editor = store.find(engine, name)
    try:
        # An unknown name takes as long as a wrong password.
        PasswordHasher().verify(editor.password_hash if editor else _nobody(), password)
    except VerifyMismatchError as error:
        raise Refused(tell("wrong_password")) from error
    if editor is None:
        raise Refused(tell("wrong_password"))
    return editor


def in_use(engine: Engine) -> bool:
    """Tell whether there are accounts; until the first one, names are taken on trust and the history says so."""
    return bool(store.everybody(engine))


def require(engine: Engine, name: str, role: Role) -> None:
    """Raise Refused where `name` does not hold `role`, once there are accounts."""
    if not in_use(engine):
        return
    editor = store.find(engine, name)
    if editor is None:
        raise Refused(tell("no_account", name=name))
    if role not in editor.roles:
        raise Refused(tell("no_role", name=name, role=label("roles", role)))


def _nobody() -> str:
    return PasswordHasher().hash("nobody has this password")
