"""Service packs: one JSON document a service, its schema, its language of conditions, its samples."""
