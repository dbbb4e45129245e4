"""What can be done to the directory. Each action: permission, change, history, audit."""
