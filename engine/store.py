"""Small JSON files that survive an interrupt: written beside, then moved into place."""

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def read_json(path: Path) -> dict[str, Any]:
	"""Return the file's object, or an empty one where there is no readable file."""
	try:
		return json.loads(path.read_text())
	except (FileNotFoundError, json.JSONDecodeError):
		return {}


def write_json(path: Path, value: dict[str, Any], *, secret: bool = False) -> None:
	"""Replace the file in one move; `secret` files can be read by their owner only."""
	write_text(path, json.dumps(value, indent=1, ensure_ascii=False) + "\n", secret=secret)


def write_text(path: Path, text: str, *, secret: bool = False) -> None:
	"""Replace the file in one move. Unchanged text leaves the file alone."""
	if path.exists() and path.read_text() == text:
		return
	path.parent.mkdir(parents=True, exist_ok=True)
	beside = path.with_name(f".{path.name}.{os.getpid()}")
	beside.touch(mode=0o600 if secret else 0o644)
	beside.write_text(text)
	beside.replace(path)


def digest(*parts: str | bytes) -> str:
	"""A SHA-256 over the parts, each closed by a zero byte."""
	total = hashlib.sha256()
	for part in parts:
		total.update(part.encode() if isinstance(part, str) else part)
		total.update(b"\0")
	return total.hexdigest()


def digest_files(paths: Iterable[Path], root: Path) -> str:
	"""A SHA-256 over the names (relative to `root`) and contents of files, in the order of their names."""
	total = hashlib.sha256()
	for path in sorted(paths):
		total.update(str(path.relative_to(root)).encode() + b"\0")
		total.update(hashlib.sha256(path.read_bytes()).digest())
	return total.hexdigest()
