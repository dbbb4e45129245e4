"""Judging, and the nightly look at the audit trail."""
