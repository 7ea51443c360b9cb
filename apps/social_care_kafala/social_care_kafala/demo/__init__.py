"""This app's part of the demonstration nation: buildings of kafala centres, and families with their children. All of it is fictional."""

from social_care_kafala.demo.buildings import DOCTYPE, build

__all__ = ["DOCTYPE", "build"]
