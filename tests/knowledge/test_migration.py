"""A database of an older version survives the migration, with everything that is in it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from knowledge.guidance.catalogue import CatalogueSource
from knowledge.guidance.service import GuidanceService
from knowledge.store import checklists, matters
from knowledge.store import engine as store_engine
from knowledge.store.engine import migrate, open_engine
from knowledge.values.answer import Question

FIRST = {
    "matter": "code, version, name, audience, summary, aliases, questions, fingerprint, published_at, published_by",
    "source": "matter_pk, position, id, title, scope, level",
    "guide": "matter_pk, position, region, effective_from, reference, whole, drops",
    "fee": "guide_pk, position, id, \"when\", source, unverified, free, text",
    "revision": "at, what",
    "tick": "holder, matter, requirement, ticked_at",
}
ROWS = {
    "matter": "'night_market', 1, '夜市摆摊', 'person', '一次办好。', '[]', '[]', 'x', '2026-11-01 09:00:00', '小王'",
    "source": "1, 0, 'rule', '夜市管理办法', '000000', 'A'",
    "guide": "1, 0, '000000', '2026-11-01', 0, '[]', '[]'",
    "fee": "1, 0, 'fee', '[]', 'rule', 0, 1, '不收费。'",
    "revision": "'2026-11-01 09:00:00', 'publish night_market'",
    "tick": "'小李', 'night_market', 'id_card', '2026-11-02 09:00:00'",
}


def test_what_the_first_version_published_is_answered_after_the_migration(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'old.db'}")
    config = Config()
    config.set_main_option("script_location", str(Path(store_engine.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for table, columns in FIRST.items():
            connection.execute(sa.text(f"INSERT INTO {table} ({columns}) VALUES ({ROWS[table]})"))
    migrate(engine)
    answer = GuidanceService(CatalogueSource(engine)).answer(
        Question(matter="night_market", on=dt.date(2026, 11, 22), aspects=("fee",))
    )
    assert answer.fee is not None and (answer.fee.text, answer.fee.confidence) == ("不收费。", "national")
    kept = checklists.find(engine, "小李", "night_market")
    assert kept is not None and (kept.ticked, kept.role) == ({"id_card"}, "owner")
    assert checklists.find(engine, "小王", "night_market") is None
    assert matters.kept_by_editors(engine) == {"night_market": "小王"}
    with engine.connect() as connection:
        assert connection.execute(sa.text("PRAGMA foreign_key_check")).all() == []
