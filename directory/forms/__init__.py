"""The forms of the directory: one for finding, one for each topic of a listing."""
