"""The queries of finding."""
