"""What belongs to people: lists and their codes, reminders, tickets, ratings; ticks move to their lists."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table('address',
    sa.Column('holder', sa.String(length=64), nullable=False),
    sa.Column('channel', sa.String(length=16), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('holder', name=op.f('pk_address'))
    )
    op.create_table('attempt',
    sa.Column('pk', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_attempt'))
    )
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attempt_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_attempt_subject'), ['subject'], unique=False)

    op.create_table('checklist',
    sa.Column('pk', sa.Integer(), nullable=False),
    sa.Column('matter', sa.String(length=64), nullable=False),
    sa.Column('region', sa.String(length=12), nullable=True),
    sa.Column('zone', sa.String(length=64), nullable=True),
    sa.Column('person', sa.String(length=64), nullable=True),
    sa.Column('situation', sa.JSON(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('touched_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_checklist'))
    )
    with op.batch_alter_table('checklist', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_checklist_matter'), ['matter'], unique=False)
        batch_op.create_index(batch_op.f('ix_checklist_touched_at'), ['touched_at'], unique=False)

    op.create_table('rating',
    sa.Column('holder', sa.String(length=64), nullable=False),
    sa.Column('matter', sa.String(length=64), nullable=False),
    sa.Column('region', sa.String(length=12), nullable=True),
    sa.Column('grade', sa.Integer(), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('holder', 'matter', name=op.f('pk_rating'))
    )
    with op.batch_alter_table('rating', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rating_at'), ['at'], unique=False)

    op.create_table('reminder',
    sa.Column('pk', sa.Integer(), nullable=False),
    sa.Column('holder', sa.String(length=64), nullable=False),
    sa.Column('matter', sa.String(length=64), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_reminder'))
    )
    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminder_due_at'), ['due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_reminder_holder'), ['holder'], unique=False)

    op.create_table('taken_update',
    sa.Column('channel', sa.String(length=16), nullable=False),
    sa.Column('update_id', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('channel', 'update_id', name=op.f('pk_taken_update'))
    )
    with op.batch_alter_table('taken_update', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_taken_update_at'), ['at'], unique=False)

    op.create_table('ticket',
    sa.Column('number', sa.String(length=32), nullable=False),
    sa.Column('holder', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('matter', sa.String(length=64), nullable=True),
    sa.Column('region', sa.String(length=12), nullable=True),
    sa.Column('situation', sa.JSON(), nullable=False),
    sa.Column('told', sa.Text(), nullable=False),
    sa.Column('contact', sa.LargeBinary(), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('promised_by', sa.Date(), nullable=True),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('told_event', sa.Integer(), server_default='0', nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_ticket'))
    )
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ticket_holder'), ['holder'], unique=False)
        batch_op.create_index(batch_op.f('ix_ticket_opened_at'), ['opened_at'], unique=False)

    op.create_table('checklist_member',
    sa.Column('checklist_pk', sa.Integer(), nullable=False),
    sa.Column('holder', sa.String(length=64), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen', sa.JSON(), nullable=False),
    sa.Column('checked_revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['checklist_pk'], ['checklist.pk'], name=op.f('fk_checklist_member_checklist_pk_checklist'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('checklist_pk', 'holder', name=op.f('pk_checklist_member'))
    )
    with op.batch_alter_table('checklist_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_checklist_member_holder'), ['holder'], unique=False)

    op.create_table('checklist_tick',
    sa.Column('checklist_pk', sa.Integer(), nullable=False),
    sa.Column('requirement', sa.String(length=64), nullable=False),
    sa.Column('ticked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['checklist_pk'], ['checklist.pk'], name=op.f('fk_checklist_tick_checklist_pk_checklist'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('checklist_pk', 'requirement', name=op.f('pk_checklist_tick'))
    )
    op.create_table('share',
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('checklist_pk', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['checklist_pk'], ['checklist.pk'], name=op.f('fk_share_checklist_pk_checklist'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('code_hash', name=op.f('pk_share'))
    )
    with op.batch_alter_table('share', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_share_checklist_pk'), ['checklist_pk'], unique=False)
        batch_op.create_index(batch_op.f('ix_share_expires_at'), ['expires_at'], unique=False)

    op.create_table('ticket_event',
    sa.Column('pk', sa.Integer(), nullable=False),
    sa.Column('ticket_number', sa.String(length=32), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.String(length=64), nullable=True),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['ticket_number'], ['ticket.number'], name=op.f('fk_ticket_event_ticket_number_ticket'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_ticket_event'))
    )
    with op.batch_alter_table('ticket_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ticket_event_ticket_number'), ['ticket_number'], unique=False)

    _keep_ticks()
    op.drop_table('tick')
    # ### end Alembic commands ###


def downgrade() -> None:
    """Take the schema back; the ticks of lists are gone then."""
    op.create_table('tick',
    sa.Column('holder', sa.VARCHAR(length=64), nullable=False),
    sa.Column('matter', sa.VARCHAR(length=64), nullable=False),
    sa.Column('requirement', sa.VARCHAR(length=64), nullable=False),
    sa.Column('ticked_at', sa.DATETIME(), nullable=False),
    sa.PrimaryKeyConstraint('holder', 'matter', 'requirement', name=op.f('pk_tick'))
    )
    with op.batch_alter_table('ticket_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ticket_event_ticket_number'))

    op.drop_table('ticket_event')
    with op.batch_alter_table('share', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_share_expires_at'))
        batch_op.drop_index(batch_op.f('ix_share_checklist_pk'))

    op.drop_table('share')
    op.drop_table('checklist_tick')
    with op.batch_alter_table('checklist_member', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_checklist_member_holder'))

    op.drop_table('checklist_member')
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ticket_opened_at'))
        batch_op.drop_index(batch_op.f('ix_ticket_holder'))

    op.drop_table('ticket')
    with op.batch_alter_table('taken_update', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_taken_update_at'))

    op.drop_table('taken_update')
    with op.batch_alter_table('reminder', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reminder_holder'))
        batch_op.drop_index(batch_op.f('ix_reminder_due_at'))

    op.drop_table('reminder')
    with op.batch_alter_table('rating', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rating_at'))

    op.drop_table('rating')
    with op.batch_alter_table('checklist', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_checklist_touched_at'))
        batch_op.drop_index(batch_op.f('ix_checklist_matter'))

    op.drop_table('checklist')
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attempt_subject'))
        batch_op.drop_index(batch_op.f('ix_attempt_at'))

    op.drop_table('attempt')
    op.drop_table('address')
    # ### end Alembic commands ###


def _keep_ticks() -> None:
    """Make a list of every holder's ticks for a matter."""
    for statement in (
        "INSERT INTO checklist (matter, person, situation, opened_at, touched_at)"
        " SELECT matter, holder, '{}', MIN(ticked_at), MAX(ticked_at) FROM tick GROUP BY holder, matter",
        # `person` carries the holder for the length of this migration.
        "INSERT INTO checklist_member (checklist_pk, holder, role, joined_at, seen, checked_revision)"
        " SELECT pk, person, 'owner', opened_at, '{}', 0 FROM checklist",
        "INSERT INTO checklist_tick (checklist_pk, requirement, ticked_at)"
        " SELECT c.pk, t.requirement, t.ticked_at FROM tick t JOIN checklist c ON c.matter = t.matter AND c.person = t.holder",
        "UPDATE checklist SET person = NULL",
    ):
        op.execute(sa.text(statement))
