"""Reading what triage needs."""
