"""Who records checks and says what referrals may carry."""

from app.access import Permission
from directory.policy import curator

RECORD_CHECK = Permission("record an organisation's quality checks", curator)
SET_DISCLOSURE = Permission("say what referrals to a kind of service may carry", curator)
