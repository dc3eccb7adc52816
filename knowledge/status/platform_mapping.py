"""How one platform's status service is asked and read: a YAML file, so that a new platform needs no code."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from typing import Any, Literal, Mapping, Optional, Union

from pydantic import ValidationError, parse_obj_as
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from knowledge.errors import SettingError
from knowledge.settings import ROOT
from knowledge.values.base import value
from knowledge.values.status import State

FOLDER = ROOT / "knowledge" / "content" / "status_platforms"
DEFAULT = FOLDER / "affair_rest.yml"

# A dotted path into the reply; several are joined with “/”, missing ones left empty.
Field = Union[str, tuple[str, ...]]


@value
class Call:
    """One request; `{application_no}`, `{check}` and `{link}` are filled in."""

    method: Literal["GET", "POST"] = "GET"
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)


@value
class Linked:
    """A second request for the sister items of a single item; `link` leads to what they have in common."""

    link: str
    call: Call
    items: str


@value
class Auth:
    """The header that lets us in: the word `scheme`, if any, and what the environment variable `env` holds."""

    header: str
    env: str
    scheme: str = ""


@value
class Timeouts:
    """Seconds to wait for a connection and for each piece of the reply."""

    connect: float = 2.0
    read: float = 4.0


@value
class Retries:
    """How often a read is tried again, after which replies, and the growing pause in seconds between."""

    total: int = 1
    backoff: float = 0.2
    statuses: tuple[int, ...] = (429, 500, 502, 503, 504)


@value
class Accepted:
    """Values of an envelope's field, as texts."""

    field: str
    values: tuple[str, ...]


@value
class NotFound:
    """How the platform says that it has no such application."""

    statuses: tuple[int, ...] = (404,)
    field: Optional[str] = None
    values: tuple[str, ...] = ()
    empty_record: bool = False


@value
class Check:
    """Where the check is compared: by us, with the ends of `fields`, or by the platform, which is sent `param`."""

    field: Union[str, tuple[str, ...], None] = None
    param: Optional[str] = None


@value
class RecordFields:
    """Paths inside the record; without `items` the record itself is the only item."""

    application_no: str
    matter: Optional[str] = None
    region: Optional[str] = None
    state: Optional[Field] = None
    items: Optional[str] = None


@value
class ItemFields:
    """Paths inside an item; without `state` the last event's counts. Map `limit_days` only if it is in working days."""

    name: str
    department: Optional[str] = None
    state: Optional[Field] = None
    since: Optional[str] = None
    limit_days: Optional[str] = None
    timeline: Optional[str] = None


@value
class EventFields:
    """Paths inside an entry of an item's timeline."""

    state: Field
    on: str
    note: Optional[str] = None


@value
class PlatformMapping:
    """Everything that differs between platforms; a state code that `states` does not name is shown as unknown."""

    name: str
    region: Optional[str] = None
    call: Call
    linked: Optional[Linked] = None
    idempotent: bool = True
    auth: Optional[Auth] = None
    ca_file: Optional[Path] = None
    timeouts: Timeouts = Timeouts()
    retries: Retries = Retries()
    success: Optional[Accepted] = None
    not_found: NotFound = NotFound()
    record: str = ""
    check: Check
    fields: RecordFields
    item: ItemFields
    event: Optional[EventFields] = None
    dates: tuple[str, ...] = ("%Y-%m-%d",)
    states: Mapping[str, State]
    matters: Mapping[str, str] = field(default_factory=dict)


def load(path: Optional[Path] = None) -> PlatformMapping:
    """Return the mapping in `path`, or the default one; raise SettingError saying what is wrong with the file."""
    path = path or DEFAULT
    try:
        return _checked(parse_obj_as(PlatformMapping, YAML(typ="safe").load(path.read_text(encoding="utf-8"))))
    except (OSError, UnicodeDecodeError, YAMLError, ValidationError, _Contradiction) as error:
        raise SettingError(
            f"YJS_STATUS_MAPPING={str(path)!r} cannot be used: {error}. Compare it with {DEFAULT.relative_to(ROOT)}."
        ) from error


class _Contradiction(Exception):
    pass


def _checked(mapping: PlatformMapping) -> PlatformMapping:
    if (mapping.check.field is None) == (mapping.check.param is None):
        raise _Contradiction("`check` needs either `field` (compared here) or `param` (sent to the platform)")
    if (mapping.item.timeline is None) != (mapping.event is None):
        raise _Contradiction("`item.timeline` and `event` belong together")
    if mapping.item.state is None and mapping.item.timeline is None:
        raise _Contradiction("`item.state` or `item.timeline` has to say where an item's state stands")
    return mapping


def texts(given: Any) -> tuple[str, ...]:
    """Return one text or several as a tuple."""
    return (given,) if isinstance(given, str) else tuple(given or ())
