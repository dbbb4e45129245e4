"""Who keeps the sources of the directory."""

from app.access import Permission
from directory.policy import curator

KEEP_SOURCES = Permission("keep the sources that the directory is filled from", curator)
