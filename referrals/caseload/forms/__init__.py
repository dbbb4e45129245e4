"""The forms of the caseload."""
