"""Who looks after the directory, and who may ask to keep a part of it."""

from app.access import Permission
from directory.policy import any_coordinator, curator

CURATE = Permission("decide what waits in the directory's queue", curator)
CLAIM = Permission("ask to keep an organisation's listings", any_coordinator)
