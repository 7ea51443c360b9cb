"""Every module of the apps can be loaded, also those that only a command or the scheduler asks for."""

import importlib
import pkgutil

import pytest

APPS = ("social_care", "social_care_inspections", "social_care_kafala")


@pytest.mark.parametrize("app", APPS)
def test_every_module_can_be_loaded(app: str) -> None:
	root = importlib.import_module(app)
	names = [found.name for found in pkgutil.walk_packages(root.__path__, f"{app}.")]
	assert len(names) > 50
	for name in names:
		importlib.import_module(name)
