"""Users, agencies, sessions and signing in, on a real database."""
