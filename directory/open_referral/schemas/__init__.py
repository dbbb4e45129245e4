"""How the directory looks to others: the fields of Open Referral UK, and what may be asked."""
