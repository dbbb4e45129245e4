"""Who may judge and allocate what is sent to a team."""

from app.access import Permission
from referrals.record.policy import a_link_worker, link_worker, receiver, team_lead

SEE_QUEUE = Permission("see what waits for the team", team_lead | a_link_worker)
JUDGE = Permission("read a referral sent to the team", receiver & (team_lead | a_link_worker))
ANSWER = Permission("take on, decline or allocate a referral", receiver & team_lead)
PAUSE = Permission("put a referral on hold or resume it", receiver & (team_lead | link_worker))
BALANCE = Permission("share out the team's referrals again", team_lead)
