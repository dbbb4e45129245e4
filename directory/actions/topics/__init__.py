"""The topics of a listing: each is a page, a change in its history, and can be undone."""
