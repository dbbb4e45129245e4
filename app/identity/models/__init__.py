"""What is stored about agencies and the people who sign in for them."""
