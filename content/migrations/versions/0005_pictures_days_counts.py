"""Pictures, days between which a text is shown, and how often it was."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COLUMNS = (("picture", sa.String(64)), ("starts_on", sa.Date()), ("ends_on", sa.Date()))


def upgrade() -> None:
    with op.batch_alter_table("revisions") as revisions:
        for name, type_ in COLUMNS:
            revisions.add_column(sa.Column(name, type_, nullable=True))
    op.create_table(
        "pictures",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("svg", sa.Text, nullable=False),
        sa.Column("alt", sa.JSON, nullable=False),
    )
    op.create_table(
        "text_counts",
        sa.Column("item", sa.String(255), primary_key=True),
        sa.Column("revision", sa.String(12), primary_key=True),
        sa.Column("event", sa.String(16), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("text_counts")
    op.drop_table("pictures")
    with op.batch_alter_table("revisions") as revisions:
        for name, _ in COLUMNS:
            revisions.drop_column(name)
