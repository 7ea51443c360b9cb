"""Computations of the core, in the order of the registry's rooms."""
