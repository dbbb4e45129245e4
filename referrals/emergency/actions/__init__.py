"""Opening a record in an emergency, and ending that."""
