"""The whole directory at once: files for who wants all of it, and a map of its pages."""
