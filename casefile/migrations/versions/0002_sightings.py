"""What was sent before by anyone, which facts a merchant corrected, the last effect of a case."""

import sqlalchemy as sa
from alembic import op

from casefile.tables import UtcTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sightings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("merchant_id", sa.String(length=40), nullable=False),
        sa.Column("evidence_id", sa.String(length=40), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sightings")),
    )
    op.create_index("ix_sightings_mark", "sightings", ["mark"])
    op.create_index("ix_sightings_evidence_id", "sightings", ["evidence_id"])
    op.create_index("ix_sightings_at", "sightings", ["at"])
    op.create_index("ix_effects_case_id_action", "effects", ["case_id", "action"])
    with op.batch_alter_table("facts", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("corrected", sa.Boolean(), nullable=False, server_default=sa.false())
        )


def downgrade() -> None:
    with op.batch_alter_table("facts", schema=None) as batch_op:
        batch_op.drop_column("corrected")
    op.drop_index("ix_effects_case_id_action", "effects")
    op.drop_table("sightings")
