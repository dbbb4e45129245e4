"""Finding in the directory: words, needs, where, when and how; for everybody and for staff."""
