"""From "a GP refers" to "the journey is finished": one sub-room for each part of the journey."""
