"""Reading a caseload and the work on one referral."""
