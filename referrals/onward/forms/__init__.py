"""The forms of referring on."""
