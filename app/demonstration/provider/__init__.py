"""A real OpenID provider, a process of its own, that serves a demonstration and nothing else."""
