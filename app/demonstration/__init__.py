"""The demonstration area: invented people and places, and what serves them on one machine."""
