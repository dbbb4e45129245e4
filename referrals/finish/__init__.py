"""The end of a journey: how each need ended, the message to the referrer, what they see."""
