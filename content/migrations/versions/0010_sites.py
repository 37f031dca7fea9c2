"""Sites: the schools and councils whose pages embed the widget."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sites",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("origins", sa.JSON(), nullable=False),
        sa.Column("place", sa.String(64)),
        sa.Column("nation", sa.String(64)),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("audience", sa.String(64), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("colours", sa.JSON(), nullable=False),
        sa.Column("exit_url", sa.String(500), nullable=False),
        sa.Column("keeps_conversation", sa.Boolean(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("sites")
