"""Topics, variants, revisions, helplines, routing, system words and releases."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "topics",
        sa.Column("id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_topics"),
    )
    op.create_table(
        "topic_pages",
        sa.Column("topic_id", sa.String(64), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("review_by", sa.Date(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("checked_by_welsh_speaker", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("topic_id", "language", name="pk_topic_pages"),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name="fk_topic_pages_topic_id"),
    )
    op.create_table(
        "variants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.String(64), nullable=False),
        sa.Column("section", sa.String(64), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("audience", sa.String(64), nullable=False),
        sa.Column("age_band", sa.String(64), nullable=False),
        sa.Column("reading_level", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_variants"),
        sa.ForeignKeyConstraint(["topic_id"], ["topics.id"], name="fk_variants_topic_id"),
        sa.UniqueConstraint(
            "topic_id", "section", "language", "audience", "age_band", "reading_level",
            name="uq_variants_fit",
        ),
    )  # fmt: skip
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("variant_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("author", sa.String(255), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name="fk_revisions_variant_id"),
        sa.UniqueConstraint("variant_id", "number", name="uq_revisions_variant_id_number"),
    )
    op.create_table(
        "helplines",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("what_for", sa.JSON(), nullable=False),
        sa.Column("routes", sa.JSON(), nullable=False),
        sa.Column("hours", sa.String(255), nullable=True),
        sa.Column("hours_words", sa.JSON(), nullable=False),
        sa.Column("min_age", sa.Integer(), nullable=True),
        sa.Column("max_age", sa.Integer(), nullable=True),
        sa.Column("nations", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("cost", sa.JSON(), nullable=False),
        sa.Column("trace", sa.JSON(), nullable=False),
        sa.Column("privacy", sa.JSON(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.String(255), nullable=True),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_helplines"),
    )
    op.create_table(
        "routing_rows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need", sa.String(64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("nations", sa.JSON(), nullable=False),
        sa.Column("ages", sa.JSON(), nullable=False),
        sa.Column("offer", sa.JSON(), nullable=False),
        sa.Column("online_first", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_routing_rows"),
    )
    op.create_index("ix_routing_rows_need", "routing_rows", ["need"])
    op.create_table(
        "system_words",
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("draft", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("language", "key", name="pk_system_words"),
    )
    op.create_table(
        "releases",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("who", sa.String(255), nullable=False),
        sa.Column("why", sa.String(1000), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_releases"),
    )


def downgrade() -> None:
    for table in (
        "releases", "system_words", "routing_rows", "helplines",
        "revisions", "variants", "topic_pages", "topics",
    ):  # fmt: skip
        op.drop_table(table)
