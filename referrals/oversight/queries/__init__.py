"""Reading what a privacy officer looks into."""
