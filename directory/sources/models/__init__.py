"""Sources, and each reading of one."""
