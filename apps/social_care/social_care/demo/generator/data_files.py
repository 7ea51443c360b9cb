"""Bundled words and places."""

import json
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "data"


@cache
def bundled(name: str):
	"""Content of `data/<name>.json`."""
	return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
