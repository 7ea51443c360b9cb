"""The one-stop shop: one visit of an applicant with several requests, appointments, and the queue of a counter."""
