"""Compares what is stored with what was audited when it was written, every night."""
