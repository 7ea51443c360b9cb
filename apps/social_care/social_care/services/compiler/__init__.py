"""From a pack to the framework's own records: planned first, then applied."""
