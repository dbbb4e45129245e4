"""How fast Trellis is, at 2,000 and at 200,000 referrals, beside a page that does nothing."""
