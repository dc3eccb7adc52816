"""All settings of the product, read from the environment in this one place (CONTRACT §6)."""

from __future__ import annotations

import dataclasses
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Optional

from knowledge.errors import SettingError

ROOT = Path(__file__).resolve().parent.parent
LONGEST_KEPT = 3650


@dataclass(frozen=True)
class Listen:
    """A host and port to listen on."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """Return the address as an HTTP URL without a trailing slash."""
        return f"http://{self.host}:{self.port}"


@dataclass(frozen=True)
class Retention:
    """How many days what belongs to people is kept after the last that happened with it."""

    lists: int = 180
    conversations: int = 30
    tickets: int = 365
    ratings: int = 365


@dataclass(frozen=True)
class Settings:
    """The settings of one process; `telegram_*` are None where they are not given."""

    data_dir: Path
    database_url: str
    redis_url: Optional[str]
    web: Listen
    rasa: Listen
    actions: Listen
    telegram: Listen
    telegram_token: Optional[str]
    telegram_base_url: Optional[str]
    telegram_webhook_url: Optional[str]
    telegram_webhook_secret: Optional[str]
    status_url: Optional[str]
    status_mapping: Optional[Path]
    now: Optional[str]
    given_secret: Optional[str]
    editor_password: Optional[str]
    keep: Retention

    @property
    def models_dir(self) -> Path:
        """Return where trained models are kept."""
        return self.data_dir / "models"

    def secret(self) -> bytes:
        """Return the key of this installation: `YJS_SECRET`, or one made once and kept in the data directory."""
        if self.given_secret:
            return self.given_secret.encode()
        path = self.data_dir / "secret"
        if not path.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            _write_once(path, secrets.token_hex(32))
        return path.read_bytes()


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings in `environ`; raise SettingError naming the variable that cannot be used."""
    data_dir = Path(environ.get("YJS_DATA_DIR") or ROOT / "data").resolve()
    mapping = environ.get("YJS_STATUS_MAPPING")
    return Settings(
        data_dir=data_dir,
        database_url=environ.get("YJS_DATABASE_URL") or f"sqlite:///{data_dir / 'yjs.db'}",
        redis_url=environ.get("YJS_REDIS_URL") or None,
        web=_listen(environ, "YJS_WEB_LISTEN", "127.0.0.1:8080"),
        rasa=_listen(environ, "YJS_RASA_LISTEN", "127.0.0.1:5005"),
        actions=_listen(environ, "YJS_ACTIONS_LISTEN", "127.0.0.1:5055"),
        telegram=_listen(environ, "YJS_TELEGRAM_LISTEN", "127.0.0.1:8443"),
        telegram_token=environ.get("YJS_TELEGRAM_TOKEN") or None,
        telegram_base_url=environ.get("YJS_TELEGRAM_BASE_URL") or None,
        telegram_webhook_url=environ.get("YJS_TELEGRAM_WEBHOOK_URL") or None,
        telegram_webhook_secret=environ.get("YJS_TELEGRAM_WEBHOOK_SECRET") or None,
        status_url=environ.get("YJS_STATUS_URL") or None,
        status_mapping=Path(mapping) if mapping else None,
        now=environ.get("YJS_NOW") or None,
        given_secret=environ.get("YJS_SECRET") or None,
        editor_password=environ.get("YJS_EDITOR_PASSWORD") or None,
        keep=Retention(**{field.name: _days(environ, field) for field in dataclasses.fields(Retention)}),
    )


def _listen(environ: Mapping[str, str], name: str, default: str) -> Listen:
    given = environ.get(name) or default
    host, colon, port = given.rpartition(":")
    if not colon or not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise SettingError(f"{name}={given!r} is not HOST:PORT. Give for example {default}.")
    return Listen(host=host, port=int(port))


def _days(environ: Mapping[str, str], field: dataclasses.Field[int]) -> int:
    name = f"YJS_KEEP_{field.name.upper()}_DAYS"
    given = environ.get(name) or str(field.default)
    if not given.isdecimal() or not 0 < int(given) <= LONGEST_KEPT:
        raise SettingError(f"{name}={given!r} is no number of days from 1 to {LONGEST_KEPT}. Give for example {field.default}.")
    return int(given)


def _write_once(path: Path, text: str) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
