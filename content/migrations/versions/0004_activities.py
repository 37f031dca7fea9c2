"""Stories, quizzes and self-checks."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activities",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("language", sa.String(2), primary_key=True),
        sa.Column("value", sa.JSON, nullable=True),
        sa.Column("draft", sa.JSON, nullable=True),
    )


def downgrade() -> None:
    op.drop_table("activities")
