"""The shell around every room: gate, headers, errors, health, home."""
