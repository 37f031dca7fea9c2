"""Who wrote and who approved, drafts of helplines, and the log of every change."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

DRAFTED = ("system_words", "activities", "helplines")


def columns() -> list[sa.Column[Any]]:
    """New ones each time: a column belongs to one table."""
    return [
        sa.Column("stage", sa.String(32), nullable=False, server_default="draft"),
        sa.Column("author", sa.String(255), nullable=False, server_default=""),
        sa.Column("approvals", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("comments", sa.JSON(), nullable=False, server_default="[]"),
    ]


# The log only grows, whoever writes to the database.
TRIGGERS = {
    "sqlite": [
        f"CREATE TRIGGER audit_entries_no_{verb} BEFORE {verb.upper()} ON audit_entries "
        "BEGIN SELECT RAISE(ABORT, 'the log only grows'); END"
        for verb in ("update", "delete")
    ],
    "postgresql": [
        f"CREATE RULE audit_entries_no_{verb} AS ON {verb.upper()} TO audit_entries DO INSTEAD NOTHING"
        for verb in ("update", "delete")
    ],
}


def upgrade() -> None:
    with op.batch_alter_table("revisions") as revisions:
        revisions.alter_column("status", new_column_name="stage", type_=sa.String(32), existing_nullable=False)
        for column in columns()[2:]:
            revisions.add_column(column)
    for table in DRAFTED:
        with op.batch_alter_table(table) as changed:
            for column in columns():
                changed.add_column(column)
            if table == "helplines":
                changed.add_column(sa.Column("draft", sa.JSON(), nullable=True))
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(255), nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
    )
    for name in ("at", "who", "kind", "name"):
        op.create_index(f"ix_audit_entries_{name}", "audit_entries", [name])
    for statement in TRIGGERS.get(op.get_bind().dialect.name, []):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("audit_entries")
    for table in DRAFTED:
        with op.batch_alter_table(table) as changed:
            if table == "helplines":
                changed.drop_column("draft")
            for column in columns():
                changed.drop_column(column.name)
    with op.batch_alter_table("revisions") as revisions:
        revisions.alter_column("stage", new_column_name="status", existing_type=sa.String(32), existing_nullable=False)
        for column in columns()[2:]:
            revisions.drop_column(column.name)
