"""The interface of the published services for other programs: described in OpenAPI 3.1, and held to that description."""
