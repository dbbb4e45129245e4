"""What can be done about users, agencies, agreements and sessions."""
