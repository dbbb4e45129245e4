"""Filling the directory from other people's feeds and files, without trusting them."""
