"""Whether the data can be trusted: rules kept as data, what does not meet them today, and how that changes (docs/data-quality.md)."""
