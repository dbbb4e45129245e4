"""What finding does beside finding."""
