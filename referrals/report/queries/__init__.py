"""Ask the database for counts, which it gives only when they are not small."""
