"""Reading the safeguarding notes that name the actor."""
