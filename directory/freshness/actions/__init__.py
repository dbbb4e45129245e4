"""What makes a listing fresher or more doubtful."""
