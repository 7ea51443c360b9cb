"""Weaknesses of the framework, tried as an attacker would."""
