"""Requests for the services of phase one in the demonstration nation, in every state. All of it is fictional."""
