"""What is stored of a referral, whichever part of the journey it is in."""
