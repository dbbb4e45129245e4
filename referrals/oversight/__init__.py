"""The privacy officer's room: emergencies to judge, who has seen a record, unusual access."""
