"""Editors, drafts and their history; lines with days of their own; a city's list of items."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table('correction',
    sa.Column('pk', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('matter', sa.String(length=64), nullable=False),
    sa.Column('region', sa.String(length=12), nullable=True),
    sa.Column('situation', sa.JSON(), nullable=False),
    sa.Column('told', sa.Text(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('seen_by', sa.String(length=64), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_correction'))
    )
    with op.batch_alter_table('correction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_correction_matter'), ['matter'], unique=False)

    op.create_table('draft',
    sa.Column('pk', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('base_version', sa.Integer(), nullable=False),
    sa.Column('author', sa.String(length=64), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('reviewer', sa.String(length=64), nullable=True),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('remark', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_draft'))
    )
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_draft_code'), ['code'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_fingerprint'), ['fingerprint'], unique=False)

    op.create_table('editor',
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('password_hash', sa.Text(), nullable=False),
    sa.Column('roles', sa.JSON(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_editor'))
    )
    op.create_table('editorial_event',
    sa.Column('pk', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('who', sa.String(length=64), nullable=False),
    sa.Column('did', sa.String(length=16), nullable=False),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=True),
    sa.Column('draft', sa.Integer(), nullable=True),
    sa.Column('why', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_editorial_event'))
    )
    with op.batch_alter_table('editorial_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_editorial_event_code'), ['code'], unique=False)

    op.create_table('item_list',
    sa.Column('pk', sa.Integer(), nullable=False),
    sa.Column('region', sa.String(length=12), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('issuer', sa.Text(), nullable=True),
    sa.Column('verified_on', sa.Date(), nullable=True),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('imported_by', sa.String(length=64), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_item_list'))
    )
    with op.batch_alter_table('item_list', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_list_digest'), ['digest'], unique=False)
        batch_op.create_index(batch_op.f('ix_item_list_region'), ['region'], unique=False)

    op.create_table('contradiction',
    sa.Column('pk', sa.Integer(), nullable=False),
    sa.Column('matter_pk', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('readings', sa.JSON(), nullable=False),
    sa.Column('shown', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['matter_pk'], ['matter.pk'], name=op.f('fk_contradiction_matter_pk_matter'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_contradiction'))
    )
    with op.batch_alter_table('contradiction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contradiction_matter_pk'), ['matter_pk'], unique=False)

    op.create_table('listed_item',
    sa.Column('pk', sa.Integer(), nullable=False),
    sa.Column('list_pk', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('department', sa.Text(), nullable=True),
    sa.Column('conditions', sa.Text(), nullable=True),
    sa.Column('materials', sa.JSON(), nullable=False),
    sa.Column('statutory_limit', sa.Text(), nullable=True),
    sa.Column('promised_limit', sa.Text(), nullable=True),
    sa.Column('fee', sa.Text(), nullable=True),
    sa.Column('place', sa.Text(), nullable=True),
    sa.Column('hours', sa.Text(), nullable=True),
    sa.Column('enquiries', sa.Text(), nullable=True),
    sa.Column('complaints', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['list_pk'], ['item_list.pk'], name=op.f('fk_listed_item_list_pk_item_list'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_listed_item'))
    )
    with op.batch_alter_table('listed_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_listed_item_code'), ['code'], unique=False)
        batch_op.create_index(batch_op.f('ix_listed_item_list_pk'), ['list_pk'], unique=False)

    op.create_table('listed_question',
    sa.Column('pk', sa.Integer(), nullable=False),
    sa.Column('list_pk', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('item_code', sa.String(length=64), nullable=False),
    sa.Column('ask', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['list_pk'], ['item_list.pk'], name=op.f('fk_listed_question_list_pk_item_list'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_listed_question'))
    )
    with op.batch_alter_table('listed_question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_listed_question_item_code'), ['item_code'], unique=False)
        batch_op.create_index(batch_op.f('ix_listed_question_list_pk'), ['list_pk'], unique=False)

    op.create_table('elsewhere',
    sa.Column('pk', sa.Integer(), nullable=False),
    sa.Column('guide_pk', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('when', sa.JSON(), nullable=False),
    sa.Column('source', sa.String(length=64), nullable=True),
    sa.Column('unverified', sa.Boolean(), nullable=False),
    sa.Column('effective_from', sa.Date(), nullable=True),
    sa.Column('effective_to', sa.Date(), nullable=True),
    sa.Column('asks', sa.JSON(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('to', sa.String(length=64), nullable=True),
    sa.ForeignKeyConstraint(['guide_pk'], ['guide.pk'], name=op.f('fk_elsewhere_guide_pk_guide'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_elsewhere'))
    )
    with op.batch_alter_table('elsewhere', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_elsewhere_guide_pk'), ['guide_pk'], unique=False)

    with op.batch_alter_table('phrase', schema=None) as batch_op:
        batch_op.add_column(sa.Column('to', sa.String(length=64), nullable=True))

    with op.batch_alter_table('faq', schema=None) as batch_op:
        batch_op.add_column(sa.Column('effective_from', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('effective_to', sa.Date(), nullable=True))

    with op.batch_alter_table('fee', schema=None) as batch_op:
        batch_op.add_column(sa.Column('effective_from', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('effective_to', sa.Date(), nullable=True))

    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.add_column(sa.Column('effective_from', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('effective_to', sa.Date(), nullable=True))

    with op.batch_alter_table('matter', schema=None) as batch_op:
        batch_op.add_column(sa.Column('why', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('begins_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('note', schema=None) as batch_op:
        batch_op.add_column(sa.Column('effective_from', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('effective_to', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('about', sa.String(length=16), nullable=True))

    with op.batch_alter_table('office', schema=None) as batch_op:
        batch_op.add_column(sa.Column('effective_from', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('effective_to', sa.Date(), nullable=True))

    with op.batch_alter_table('requirement', schema=None) as batch_op:
        batch_op.add_column(sa.Column('effective_from', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('effective_to', sa.Date(), nullable=True))

    with op.batch_alter_table('revision', schema=None) as batch_op:
        batch_op.add_column(sa.Column('begins_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('step', schema=None) as batch_op:
        batch_op.add_column(sa.Column('effective_from', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('effective_to', sa.Date(), nullable=True))

    with op.batch_alter_table('time_limit', schema=None) as batch_op:
        batch_op.alter_column('starts', existing_type=sa.String(length=16), nullable=True)
        batch_op.add_column(sa.Column('effective_from', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('effective_to', sa.Date(), nullable=True))



def downgrade() -> None:
    """Take the schema back."""
    with op.batch_alter_table('phrase', schema=None) as batch_op:
        batch_op.drop_column('to')

    with op.batch_alter_table('time_limit', schema=None) as batch_op:
        batch_op.drop_column('effective_to')
        batch_op.drop_column('effective_from')

    with op.batch_alter_table('step', schema=None) as batch_op:
        batch_op.drop_column('effective_to')
        batch_op.drop_column('effective_from')

    with op.batch_alter_table('revision', schema=None) as batch_op:
        batch_op.drop_column('begins_at')

    with op.batch_alter_table('requirement', schema=None) as batch_op:
        batch_op.drop_column('effective_to')
        batch_op.drop_column('effective_from')

    with op.batch_alter_table('office', schema=None) as batch_op:
        batch_op.drop_column('effective_to')
        batch_op.drop_column('effective_from')

    with op.batch_alter_table('note', schema=None) as batch_op:
        batch_op.drop_column('about')
        batch_op.drop_column('effective_to')
        batch_op.drop_column('effective_from')

    with op.batch_alter_table('matter', schema=None) as batch_op:
        batch_op.drop_column('ends_at')
        batch_op.drop_column('begins_at')
        batch_op.drop_column('why')

    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.drop_column('effective_to')
        batch_op.drop_column('effective_from')

    with op.batch_alter_table('fee', schema=None) as batch_op:
        batch_op.drop_column('effective_to')
        batch_op.drop_column('effective_from')

    with op.batch_alter_table('faq', schema=None) as batch_op:
        batch_op.drop_column('effective_to')
        batch_op.drop_column('effective_from')

    with op.batch_alter_table('elsewhere', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_elsewhere_guide_pk'))

    op.drop_table('elsewhere')
    with op.batch_alter_table('listed_question', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_listed_question_list_pk'))
        batch_op.drop_index(batch_op.f('ix_listed_question_item_code'))

    op.drop_table('listed_question')
    with op.batch_alter_table('listed_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_listed_item_list_pk'))
        batch_op.drop_index(batch_op.f('ix_listed_item_code'))

    op.drop_table('listed_item')
    with op.batch_alter_table('contradiction', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contradiction_matter_pk'))

    op.drop_table('contradiction')
    with op.batch_alter_table('item_list', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_item_list_region'))
        batch_op.drop_index(batch_op.f('ix_item_list_digest'))

    op.drop_table('item_list')
    with op.batch_alter_table('editorial_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_editorial_event_code'))

    op.drop_table('editorial_event')
    op.drop_table('editor')
    with op.batch_alter_table('draft', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_draft_fingerprint'))
        batch_op.drop_index(batch_op.f('ix_draft_code'))

    op.drop_table('draft')
    with op.batch_alter_table('correction', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_correction_matter'))

    op.drop_table('correction')
