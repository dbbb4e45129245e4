"""How long records are kept, what keeps them longer, and their erasure by two people."""
