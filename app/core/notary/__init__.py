"""Keeps the ledger of the audit trail: seals it, signs checkpoints, tells witnesses outside."""
