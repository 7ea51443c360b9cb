"""The demonstration nation: a fictional country of institutions, children and staff, the same for the same seed."""
