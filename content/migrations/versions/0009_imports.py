"""Sheets that wait between their preview and the import."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "held_imports",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("who", sa.String(255), nullable=False),
        sa.Column("file_name", sa.String(255), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_held_imports_created_at", "held_imports", ["created_at"])


def downgrade() -> None:
    op.drop_table("held_imports")
