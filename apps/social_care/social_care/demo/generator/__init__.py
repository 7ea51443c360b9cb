"""Rows of a fictional nation, made without a framework or a database: the same settings give the same rows."""

from social_care.demo.generator.nation import Nation, generate
from social_care.demo.generator.settings import NationSettings

__all__ = ["Nation", "NationSettings", "generate"]
