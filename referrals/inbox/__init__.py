"""A service answers: the receiving side of onward referrals, made for a telephone."""
