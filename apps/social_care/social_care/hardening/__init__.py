"""What the framework offers to administrators and a register of children's files does without."""
