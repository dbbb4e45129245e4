"""What a privacy officer sees: references and dates, never a person."""
