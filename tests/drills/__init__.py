"""Drills: Trellis as it is deployed, with its plug pulled, and what was lost – which is nothing."""
