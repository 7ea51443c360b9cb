"""What waits for the data officer of a directorate, and what was done of it (docs/data-officer.md)."""
