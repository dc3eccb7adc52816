"""The tables of what belongs to people: lists, reminders, tickets, ratings. `knowledge/privacy` says what of it is kept how long."""

from __future__ import annotations

import sqlalchemy as sa

from knowledge.store.tables import metadata

# A list of what somebody has to bring, for their place and case. Who may see it are its members.
checklist = sa.Table(
    "checklist",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True),
    sa.Column("matter", sa.String(64), nullable=False, index=True),
    sa.Column("region", sa.String(12)),
    sa.Column("zone", sa.String(64)),
    sa.Column("person", sa.String(64)),
    sa.Column("situation", sa.JSON, nullable=False),
    sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False, index=True),
)


def _of_checklist() -> sa.Column:
    return sa.Column("checklist_pk", sa.ForeignKey("checklist.pk", ondelete="CASCADE"), primary_key=True)


# `seen`: the lines that this member was last shown, and `checked_revision`: up to which publication they were compared.
checklist_member = sa.Table(
    "checklist_member",
    metadata,
    _of_checklist(),
    sa.Column("holder", sa.String(64), primary_key=True, index=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("seen", sa.JSON, nullable=False),
    sa.Column("checked_revision", sa.Integer, nullable=False),
)
checklist_tick = sa.Table(
    "checklist_tick",
    metadata,
    _of_checklist(),
    sa.Column("requirement", sa.String(64), primary_key=True),
    sa.Column("ticked_at", sa.DateTime(timezone=True), nullable=False),
)
# A code is kept only as its hash: who reads the database cannot open a list with it.
share = sa.Table(
    "share",
    metadata,
    sa.Column("code_hash", sa.String(64), primary_key=True),
    sa.Column("checklist_pk", sa.ForeignKey("checklist.pk", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False, index=True),
)

# A try that failed, by whom or at what: a holder or a number, both as keyed hashes.
attempt = sa.Table(
    "attempt",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True),
    sa.Column("subject", sa.String(64), nullable=False, index=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
)

# Where a holder can be written to, encrypted; there only while a list, a reminder or a ticket of theirs needs it.
address = sa.Table(
    "address",
    metadata,
    sa.Column("holder", sa.String(64), primary_key=True),
    sa.Column("channel", sa.String(16), nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
)

# Asked for by the person, never of our own accord.
reminder = sa.Table(
    "reminder",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True),
    sa.Column("holder", sa.String(64), nullable=False, index=True),
    sa.Column("matter", sa.String(64), nullable=False),
    sa.Column("due_at", sa.DateTime(timezone=True), nullable=False, index=True),
    sa.Column("told_at", sa.DateTime(timezone=True)),
)

# What did not work out, or a person asked for: `contact` encrypted, only where a call back is wanted; `told_event` is the
# last event that the holder knows of.
ticket = sa.Table(
    "ticket",
    metadata,
    sa.Column("number", sa.String(32), primary_key=True),
    sa.Column("holder", sa.String(64), nullable=False, index=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("matter", sa.String(64)),
    sa.Column("region", sa.String(12)),
    sa.Column("situation", sa.JSON, nullable=False),
    sa.Column("told", sa.Text, nullable=False),
    sa.Column("contact", sa.LargeBinary),
    sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False, index=True),
    sa.Column("promised_by", sa.Date),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("told_event", sa.Integer, nullable=False, server_default="0"),
)
ticket_event = sa.Table(
    "ticket_event",
    metadata,
    sa.Column("pk", sa.Integer, primary_key=True),
    sa.Column("ticket_number", sa.ForeignKey("ticket.number", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("by", sa.String(64)),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)

# Once for each matter that a holder had answered; `grade` 5 (非常满意) to 1 (非常不满意).
rating = sa.Table(
    "rating",
    metadata,
    sa.Column("holder", sa.String(64), primary_key=True),
    sa.Column("matter", sa.String(64), primary_key=True),
    sa.Column("region", sa.String(12)),
    sa.Column("grade", sa.Integer, nullable=False),
    sa.Column("reasons", sa.JSON, nullable=False),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
)

# A channel's message that was taken already, so that its second coming is not a second turn.
taken_update = sa.Table(
    "taken_update",
    metadata,
    sa.Column("channel", sa.String(16), primary_key=True),
    sa.Column("update_id", sa.String(64), primary_key=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
)
