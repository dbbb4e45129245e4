"""Reading about users, agencies, agreements and sessions."""
