"""What is archived, and who asked for it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "archivings",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("item", sa.String(255), primary_key=True),
        sa.Column("is_archived", sa.Boolean(), nullable=False),
        sa.Column("draft", sa.Boolean()),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(32), nullable=False),
        sa.Column("author", sa.String(255), nullable=False),
        sa.Column("approvals", sa.JSON(), nullable=False),
        sa.Column("comments", sa.JSON(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("archivings")
