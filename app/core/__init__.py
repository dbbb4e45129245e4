"""Machinery that knows neither Flask nor the field: database, sealing, audit, jobs."""
