"""What editors ask for and curators decide. Each: permission, change, history, audit."""
