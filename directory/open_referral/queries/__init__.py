"""What is published, a page at a time; each answer asks the database a fixed number of times."""
