"""Reading the directory. Everybody may; only history is narrowed to a listing's keepers."""
