"""The caseload: what to do next and by when; encounters, needs, goals, actions."""
