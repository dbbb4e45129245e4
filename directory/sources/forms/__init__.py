"""What a curator says of a source."""
