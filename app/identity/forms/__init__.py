"""The forms about people, agencies and agreements."""
