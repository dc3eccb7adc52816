"""`yjs doctor`: what is installed, which model, which database, what is wrong and how to mend it."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version
from typing import Callable, Iterator

import click
import requests

from knowledge import settings
from knowledge.errors import KnowledgeError
from knowledge.language import encoder
from knowledge.settings import Settings
from knowledge.store import matters as store
from knowledge.store.engine import masked_url, open_engine

PACKAGES = ("rasa", "rasa-sdk", "spacy", "jieba", "SQLAlchemy", encoder.PACKAGE)
Finding = tuple[bool, str]


@click.command(help="体检：装了什么、哪个模型、哪个数据库、哪里不对、怎么修。")
def doctor() -> None:
    """Print every finding; exit with 1 where something is wrong."""
    here = settings.load()
    checks: tuple[Callable[[Settings], Iterator[Finding]], ...] = (_installed, _settings, _model, _database, _processes)
    findings = [finding for check in checks for finding in check(here)]
    for fine, text in findings:
        click.echo(f"{'✓' if fine else '✗'} {text}")
    sys.exit(0 if all(fine for fine, _ in findings) else 1)


def _installed(here: Settings) -> Iterator[Finding]:
    yield sys.version_info[:2] == (3, 10), f"Python {sys.version.split()[0]}（要 3.10）"
    for package in PACKAGES:
        try:
            yield True, f"{package} {version(package)}"
        except PackageNotFoundError:
            yield False, f"没有装 {package}。请运行 make run。"


def _settings(here: Settings) -> Iterator[Finding]:
    yield True, f"数据目录 {here.data_dir}"
    yield True, f"监听：网页 {here.web.url}，Rasa {here.rasa.url}，动作 {here.actions.url}"
    yield True, f"密钥 {'由 YJS_SECRET 给出' if here.given_secret else '保存在数据目录'}（不显示）"
    yield True, f"Telegram {'已设令牌（不显示）' if here.telegram_token else '没有设 YJS_TELEGRAM_TOKEN，不启动'}"
    keep = here.keep
    yield True, f"保存多少天：清单 {keep.lists}，对话 {keep.conversations}，工单 {keep.tickets}，评价 {keep.ratings}"
    yield True, f"办件进度 {here.status_url or '用内置的虚构办件（没有设 YJS_STATUS_URL）'}"


def _model(here: Settings) -> Iterator[Finding]:
    models = sorted(here.models_dir.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if models:
        yield True, f"模型 {models[-1].name}，{models[-1].stat().st_size / 1e6:.1f} MB"
    else:
        yield False, f"{here.models_dir} 里没有模型。运行 make run 会自动训练。"


def _database(here: Settings) -> Iterator[Finding]:
    name = masked_url(here.database_url)
    try:
        engine = open_engine(here.database_url)
        published = store.published_fingerprints(engine)
    except KnowledgeError as error:
        yield False, f"数据库 {name}：{error}"
        return
    fine = bool(published)
    yield fine, f"数据库 {name}，发布了 {len(published)} 件事" + ("" if fine else "。运行 yjs kb load 装载内容。")


def _processes(here: Settings) -> Iterator[Finding]:
    for label, url in (("Rasa", f"{here.rasa.url}/"), ("动作", f"{here.actions.url}/health"), ("网页", f"{here.web.url}/healthz")):
        yield _answers(label, url)


def _answers(label: str, url: str) -> Finding:
    try:
        status = requests.get(url, timeout=3).status_code
    except requests.RequestException:
        return False, f"{label} {url} 没有回应。运行 make run 启动。"
    return status == 200, f"{label} {url} 回应 {status}" + ("" if status == 200 else "，请看数据目录 logs 里的日志。")
