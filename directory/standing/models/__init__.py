"""Quality checks, and what follows when one has lapsed."""
