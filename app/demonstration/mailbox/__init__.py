"""A local SMTP server whose messages can be read in a browser, for the demonstration only."""
