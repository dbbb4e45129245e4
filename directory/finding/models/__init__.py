"""The models of finding."""
