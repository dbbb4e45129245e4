"""Breaking the glass: a record opens for an hour in an emergency, and somebody looks into it."""
