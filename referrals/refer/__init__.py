"""Referring somebody: from the first answer to the moment the team has it."""
