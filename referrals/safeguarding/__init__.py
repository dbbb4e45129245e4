"""Safeguarding notes: seen by the people they name, and by nobody else."""
