"""A second factor for staff, and one-time links to choose a password."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COLUMNS = (
    ("totp_secret", sa.String(512), {"nullable": True}),
    ("totp_step", sa.Integer(), {"nullable": True}),
    ("recovery_codes", sa.JSON(), {"nullable": False, "server_default": "[]"}),
    ("link_hash", sa.String(64), {"nullable": True}),
    ("link_until", sa.DateTime(timezone=True), {"nullable": True}),
)


def upgrade() -> None:
    with op.batch_alter_table("staff") as staff:
        for name, type_, options in COLUMNS:
            staff.add_column(sa.Column(name, type_, **options))


def downgrade() -> None:
    with op.batch_alter_table("staff") as staff:
        for name, _, _ in COLUMNS:
            staff.drop_column(name)
