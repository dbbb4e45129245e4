"""The spine of every journey: the person, the referral, its history, its risks, who may see it."""
