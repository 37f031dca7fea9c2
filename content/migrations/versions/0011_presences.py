"""Who has a page open to write on, and which page goes on saving a text by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "presences",
        sa.Column("place", sa.String(255), primary_key=True),
        sa.Column("who", sa.String(255), primary_key=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_renewed", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_presences_seen", "presences", ["seen"])
    op.add_column("revisions", sa.Column("saved_from", sa.String(32)))


def downgrade() -> None:
    op.drop_column("revisions", "saved_from")
    op.drop_table("presences")
