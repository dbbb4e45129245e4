"""The forms of a coordinator, short enough for a telephone."""
