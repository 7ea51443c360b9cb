"""Nobody learns of a child outside his scope, on any channel of the running system."""
