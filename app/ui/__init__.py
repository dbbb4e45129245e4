"""The shared look: forms, fields, words, pages and navigation; knows Flask, not the field."""
