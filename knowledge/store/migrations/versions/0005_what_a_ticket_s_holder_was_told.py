"""Up to which event the holder of a ticket was told."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.add_column(sa.Column('told_event', sa.Integer(), server_default='0', nullable=False))


def downgrade() -> None:
    """Take the schema back."""
    with op.batch_alter_table('ticket', schema=None) as batch_op:
        batch_op.drop_column('told_event')
