"""Photographs of the demonstration nation: drawings, each hard-linked under the names of many children."""

import hashlib
import os
import shutil
from pathlib import Path

import frappe

from social_care.demo.drawing import draw

SCRATCH = "demo-drawings"


class Drawings:
	"""The distinct drawings as files beside the site's private files, and the facts of each."""

	def __init__(self, seed: int, count: int) -> None:
		self.target = Path(frappe.get_site_path("private", "files"))
		self.folder = Path(frappe.get_site_path("private", SCRATCH))
		self.seed, self.count = seed, count
		self.facts: list[dict] = []

	def make(self):
		"""Draw them, one by one."""
		self.folder.mkdir(parents=True, exist_ok=True)
		for number in range(self.count):
			content = draw(self.seed, number)
			self._path(number).write_bytes(content)
			digest = hashlib.md5(content, usedforsecurity=False).hexdigest()  # as the framework's File does
			self.facts.append({"content_hash": digest, "file_size": len(content)})
			yield number

	def hang(self, row: dict) -> dict:
		"""Give a File row its file on disk; returns the row with size and hash and without its drawing number."""
		number = row["drawing"]
		_link(self._path(number), self.target / row["file_name"])
		return {name: value for name, value in row.items() if name != "drawing"} | self.facts[number]

	def clear(self) -> None:
		"""Remove the scratch folder; the children's files stay."""
		shutil.rmtree(self.folder, ignore_errors=True)

	def _path(self, number: int) -> Path:
		return self.folder / f"{number}.png"


def _link(source: Path, target: Path) -> None:
	target.unlink(missing_ok=True)
	try:
		os.link(source, target)
	except OSError:
		shutil.copyfile(source, target)
