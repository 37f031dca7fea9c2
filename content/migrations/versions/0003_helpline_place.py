"""Helplines for those who live in one place, such as a council's children's services."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("helplines") as table:
        table.add_column(sa.Column("place", sa.String(64), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("helplines") as table:
        table.drop_column("place")
