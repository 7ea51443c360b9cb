"""Packs that apps bring: `service_packs/*.json` beside the app's hooks."""

import json
from pathlib import Path

import frappe

FOLDER = "service_packs"


def packs_of_app(app: str) -> dict[str, dict]:
	"""Packs of one app by service code, as they are written."""
	folder = Path(frappe.get_app_path(app, FOLDER))
	packs = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]
	return {pack["code"]: pack for pack in packs}


def packs_of_apps() -> dict[str, dict]:
	"""Packs of all installed apps; of two for one service the later app's counts."""
	return {code: pack for app in frappe.get_installed_apps() for code, pack in packs_of_app(app).items()}
