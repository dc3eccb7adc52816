"""Questions that nobody answered."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table('unanswered',
    sa.Column('pk', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text', sa.String(length=300), nullable=False),
    sa.Column('aspects', sa.JSON(), nullable=False),
    sa.Column('region', sa.String(length=12), nullable=True),
    sa.Column('vector', sa.LargeBinary(), nullable=True),
    sa.Column('encoder', sa.String(length=64), nullable=True),
    sa.PrimaryKeyConstraint('pk', name=op.f('pk_unanswered'))
    )
    with op.batch_alter_table('unanswered', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unanswered_at'), ['at'], unique=False)


def downgrade() -> None:
    """Take the schema back."""
    with op.batch_alter_table('unanswered', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_unanswered_at'))

    op.drop_table('unanswered')
