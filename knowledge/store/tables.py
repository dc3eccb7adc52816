"""The tables: one a word of DESIGN; a guide's lines differ only in their own columns."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

# One row a version of a matter, kept for ever. In force from `begins_at`, or at once, until it is retired or `ends_at` has come.
matter = sa.Table(
    "matter",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True),
    sa.Column("code", sa.String(64), nullable=False, index=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("name", sa.String(64), nullable=False),
    sa.Column("audience", sa.String(16), nullable=False),
    sa.Column("stage", sa.String(32)),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("aliases", sa.JSON, nullable=False),
    sa.Column("questions", sa.JSON, nullable=False),
    sa.Column("fingerprint", sa.String(64), nullable=False),
    sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("published_by", sa.String(64), nullable=False),
    sa.Column("reviewed_by", sa.String(64)),
    sa.Column("why", sa.Text),
    # Set only where a moment in the future was chosen; all else holds from the moment it was written.
    sa.Column("begins_at", sa.DateTime(timezone=True)),
    sa.Column("ends_at", sa.DateTime(timezone=True)),
    sa.Column("retired_at", sa.DateTime(timezone=True)),
    sa.Column("retired_by", sa.String(64)),
    sa.Column("retired_reason", sa.Text),
    sa.UniqueConstraint("code", "version"),
)


def _owned(name: str, owner: str, *columns: sa.Column) -> sa.Table:
    """Make a table whose rows belong to one row of `owner` and keep the order of the file."""
    return sa.Table(
        name,
        metadata,
        sa.Column("pk", sa.Integer, primary_key=True),
        sa.Column(f"{owner}_pk", sa.ForeignKey(f"{owner}.pk", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("position", sa.Integer, nullable=False),
        *columns,
    )


def _line(name: str, *columns: sa.Column) -> sa.Table:
    """Make the table of one kind of guide line: identity, condition and source beside its own columns."""
    return _owned(
        name,
        "guide",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("when", sa.JSON, nullable=False),
        sa.Column("source", sa.String(64)),
        sa.Column("unverified", sa.Boolean, nullable=False),
        sa.Column("effective_from", sa.Date),
        sa.Column("effective_to", sa.Date),
        *columns,
    )


source = _owned(
    "source",
    "matter",
    sa.Column("id", sa.String(64), nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("issuer", sa.Text),
    sa.Column("number", sa.String(64)),
    sa.Column("date", sa.String(32)),
    sa.Column("url", sa.Text),
    sa.Column("scope", sa.String(12), nullable=False),
    sa.Column("level", sa.String(1), nullable=False),
    sa.Column("verified_on", sa.Date),
    sa.Column("review_by", sa.Date),
    sa.Column("note", sa.Text),
)
material = _owned(
    "material",
    "matter",
    sa.Column("id", sa.String(64), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("issuer", sa.Text),
    sa.Column("where_to_get", sa.Text),
    sa.Column("words", sa.JSON, nullable=False),
)
contradiction = _owned(
    "contradiction",
    "matter",
    sa.Column("id", sa.String(64), nullable=False),
    sa.Column("readings", sa.JSON, nullable=False),
    sa.Column("shown", sa.Text, nullable=False),
)
situation = _owned(
    "situation",
    "matter",
    sa.Column("key", sa.String(64), nullable=False),
    sa.Column("ask", sa.Text, nullable=False),
    sa.Column("options", sa.JSON, nullable=False),
    sa.Column("when", sa.JSON, nullable=False),
)
guide = _owned(
    "guide",
    "matter",
    sa.Column("region", sa.String(12), nullable=False),
    sa.Column("effective_from", sa.Date, nullable=False),
    sa.Column("effective_to", sa.Date),
    sa.Column("reference", sa.Boolean, nullable=False),
    sa.Column("whole", sa.JSON, nullable=False),
    sa.Column("entry", sa.Text),
    sa.Column("drops", sa.JSON, nullable=False),
)
item = _line(
    "item",
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("department", sa.Text),
    sa.Column("days", sa.Integer),
    sa.Column("unit", sa.String(16), nullable=False),
    sa.Column("statutory_days", sa.Integer),
    sa.Column("result", sa.Text),
)
requirement = _line(
    "requirement",
    sa.Column("material", sa.String(64), nullable=False),
    sa.Column("kind", sa.String(16)),
    sa.Column("copies", sa.Integer),
    sa.Column("needed", sa.String(16), nullable=False),
    sa.Column("later_days", sa.Integer),
    sa.Column("exempt", sa.String(16)),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("note", sa.Text),
)
step = _line(
    "step",
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("where", sa.Text),
)
time_limit = _line(
    "time_limit",
    sa.Column("days", sa.Integer),
    sa.Column("unit", sa.String(16), nullable=False),
    sa.Column("starts", sa.String(16)),
    sa.Column("statutory_days", sa.Integer),
    sa.Column("text", sa.Text),
)
fee = _line("fee", sa.Column("free", sa.Boolean), sa.Column("text", sa.Text, nullable=False))
office = _line(
    "office",
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("address", sa.Text),
    sa.Column("phone", sa.String(64)),
    sa.Column("hours", sa.Text),
)
note = _line(
    "note",
    sa.Column("aspect", sa.String(16), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("blocks", sa.Boolean, nullable=False),
    sa.Column("about", sa.String(16)),
)
elsewhere = _line(
    "elsewhere",
    sa.Column("asks", sa.JSON, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("to", sa.String(64)),
)
faq = _line(
    "faq",
    sa.Column("asks", sa.JSON, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("aspect", sa.String(16)),
)

# What the live ranking compares a sentence with: every name, alias and sample question, encoded when published.
phrase = _owned(
    "phrase",
    "matter",
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("ref", sa.String(64)),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("encoder", sa.String(64), nullable=False),
    sa.Column("vector", sa.LargeBinary, nullable=False),
    sa.Column("to", sa.String(64)),
)

# Grows by one with every change to what is published; a row counts from its moment on. Processes look at it to know that they are stale.
revision = sa.Table(
    "revision",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("begins_at", sa.DateTime(timezone=True)),
)

# People who change the knowledge base or work at the desk. A removed one stays, so that history keeps its names.
editor = sa.Table(
    "editor",
    metadata,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("roles", sa.JSON, nullable=False),
    sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("removed_at", sa.DateTime(timezone=True)),
)

# A changed matter on its way to be published: handed in, reviewed by somebody else, published or returned.
draft = sa.Table(
    "draft",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True),
    sa.Column("code", sa.String(64), nullable=False, index=True),
    sa.Column("content", sa.JSON, nullable=False),
    sa.Column("fingerprint", sa.String(64), nullable=False, index=True),
    sa.Column("base_version", sa.Integer, nullable=False),
    sa.Column("author", sa.String(64), nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("reviewer", sa.String(64)),
    sa.Column("reviewed_at", sa.DateTime(timezone=True)),
    sa.Column("remark", sa.Text),
)

# What editors did, kept for ever; what changed follows from the versions of `matter`.
editorial_event = sa.Table(
    "editorial_event",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("who", sa.String(64), nullable=False),
    sa.Column("did", sa.String(16), nullable=False),
    sa.Column("code", sa.String(64), nullable=False, index=True),
    sa.Column("version", sa.Integer),
    sa.Column("draft", sa.Integer),
    sa.Column("why", sa.Text),
)

# What somebody was told differently at a window: for editors, without a word about who.
correction = sa.Table(
    "correction",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("matter", sa.String(64), nullable=False, index=True),
    sa.Column("region", sa.String(12)),
    sa.Column("situation", sa.JSON, nullable=False),
    sa.Column("told", sa.Text, nullable=False),
    sa.Column("seen_at", sa.DateTime(timezone=True)),
    sa.Column("seen_by", sa.String(64)),
    sa.Column("outcome", sa.Text),
)

# A city's whole list of single services, imported as a whole; the newest finished one of a region is in force.
item_list = sa.Table(
    "item_list",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True),
    sa.Column("region", sa.String(12), nullable=False, index=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("issuer", sa.Text),
    sa.Column("verified_on", sa.Date),
    sa.Column("digest", sa.String(64), nullable=False, index=True),
    sa.Column("imported_by", sa.String(64), nullable=False),
    sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("finished_at", sa.DateTime(timezone=True)),
    sa.Column("retired_at", sa.DateTime(timezone=True)),
)


def _listed(name: str, *columns: sa.Column) -> sa.Table:
    """Make a table whose rows belong to one imported list and keep the row of its sheet."""
    return sa.Table(
        name,
        metadata,
        sa.Column("pk", sa.Integer, primary_key=True),
        sa.Column("list_pk", sa.ForeignKey("item_list.pk", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("row", sa.Integer, nullable=False),
        *columns,
    )


listed_item = _listed(
    "listed_item",
    sa.Column("code", sa.String(64), nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("department", sa.Text),
    sa.Column("conditions", sa.Text),
    sa.Column("materials", sa.JSON, nullable=False),
    sa.Column("statutory_limit", sa.Text),
    sa.Column("promised_limit", sa.Text),
    sa.Column("fee", sa.Text),
    sa.Column("place", sa.Text),
    sa.Column("hours", sa.Text),
    sa.Column("enquiries", sa.Text),
    sa.Column("complaints", sa.Text),
)
listed_question = _listed(
    "listed_question",
    sa.Column("item_code", sa.String(64), nullable=False, index=True),
    sa.Column("ask", sa.Text, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
)

# A masked number or phone: its value encrypted, gone when it expires.
reference = sa.Table(
    "reference",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("holder", sa.String(64), nullable=False, index=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False, index=True),
)

# Rasa's conversations, one row each: the last events as JSON.
conversation = sa.Table(
    "conversation",
    metadata,
    sa.Column("sender", sa.String(64), primary_key=True),
    sa.Column("events", sa.Text, nullable=False),
    sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False, index=True),
)

# Applications of the built-in provider (invented ones in a fresh database).
application = sa.Table(
    "application",
    metadata,
    sa.Column("application_no", sa.String(64), primary_key=True),
    sa.Column("check_hash", sa.String(128), nullable=False),
    sa.Column("matter", sa.String(64), nullable=False),
    sa.Column("region", sa.String(12), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("demo", sa.Boolean, nullable=False),
)
application_item = sa.Table(
    "application_item",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True),
    sa.Column(
        "application_no", sa.ForeignKey("application.application_no", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("department", sa.Text, nullable=False),
    sa.Column("limit_days", sa.Integer),
)
application_event = sa.Table(
    "application_event",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True),
    sa.Column(
        "item_pk", sa.ForeignKey("application_item.pk", ondelete="CASCADE"), nullable=False, index=True
    ),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("on", sa.Date, nullable=False),
    sa.Column("note", sa.Text),
)

# What nobody answered, for editors: no sender, numbers masked, gone after 90 days. A name or an address that somebody
# writes cannot be recognised, so it may stand here: who reads this table reads what people wrote.
unanswered = sa.Table(
    "unanswered",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
    sa.Column("text", sa.String(300), nullable=False),
    sa.Column("aspects", sa.JSON, nullable=False),
    sa.Column("region", sa.String(12)),
    # Empty until an editor looks: encoding takes longer than a turn may wait.
    sa.Column("vector", sa.LargeBinary),
    sa.Column("encoder", sa.String(64)),
)
