"""Reading what a referrer needs: drafts, teams, people already known."""
