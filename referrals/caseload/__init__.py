"""A community referrer's work: the caseload, encounters, goals and actions."""
