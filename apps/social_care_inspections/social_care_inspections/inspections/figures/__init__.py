"""Figures of inspection for the desk: each is counted among the rows that its reader may open, and leads to them."""
