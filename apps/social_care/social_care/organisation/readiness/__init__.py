"""Which units and institutions can work with the system, what they lack, and how soon they get it (docs/readiness.md)."""
