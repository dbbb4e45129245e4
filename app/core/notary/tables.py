"""The tables of the ledger (migration `audit_ledger`), as far as statements need them."""

import sqlalchemy as sa

LEAVES = sa.table(
    "audit_leaf",
    sa.column("position", sa.BigInteger),
    sa.column("event_id", sa.BigInteger),
    sa.column("hash", sa.LargeBinary),
)
CHECKPOINTS = sa.table(
    "audit_checkpoint",
    sa.column("size", sa.BigInteger),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("note", sa.Text),
    sa.column("signers", sa.ARRAY(sa.Text)),
    sa.column("frontier", sa.ARRAY(sa.LargeBinary)),
)
WITNESSES = sa.table(
    "audit_witness",
    sa.column("name", sa.Text),
    sa.column("size", sa.BigInteger),
    sa.column("told_at", sa.DateTime(timezone=True)),
    sa.column("trouble", sa.Text),
    sa.column("trouble_since", sa.DateTime(timezone=True)),
)
