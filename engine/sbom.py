"""The bill of materials: what this bench is made of, in CycloneDX, from the lock files and nothing else.

Same locks, same text: no time, no serial number, no path and no address of a registry is in it, so that a change of it
is a change of a dependency.
"""

import base64
import csv
import json
import re
from pathlib import Path
from urllib.parse import quote

from engine import framework, node, paths, pyenv
from engine.store import write_text

FOLDER = paths.ROOT / "docs" / "sbom"
BUNDLED = paths.ENGINE / "bundled.csv"
SPECIFICATION = "1.5"
PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s\\;]+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
UPSTREAM = {"version": "15.0.0-dev", "commit": "0cced747669d"}

Component = dict[str, object]


def write() -> list[Path]:
	"""Write the bills that are missing or out of date; those that were written."""
	written = outdated()
	for path in written:
		write_text(path, documents()[path])
	return written


def outdated() -> list[Path]:
	"""The bills that do not say what the lock files say."""
	return [path for path, text in documents().items() if not path.exists() or path.read_text() != text]


def documents() -> dict[Path, str]:
	"""Each bill's file and what has to be in it."""
	python = [*python_components(pyenv.LOCK.read_text()), framework_component()]
	nodes = node_components(json.loads(node.LOCK.read_text()))
	return {
		FOLDER / "python.cdx.json": _document("bench-python", python),
		FOLDER / "node.cdx.json": _document("bench-node", nodes),
	}


def python_components(lock: str) -> list[Component]:
	"""Every package of a requirements file, with the hashes of all the files that may be installed for it."""
	entries = re.split(r"\n(?=\S)", lock)
	found = [(match, entry) for entry in entries if (match := PINNED.match(entry))]
	return [
		_library(name := match[1].lower(), match[2], f"pkg:pypi/{name}@{match[2]}")
		| {"hashes": [{"alg": "SHA-256", "content": value} for value in sorted(HASH.findall(entry))]}
		for match, entry in found
	]


def node_components(lock: dict) -> list[Component]:
	"""Every package of a package-lock.json; those that only build the desk are of optional scope."""
	found: dict[str, Component] = {}
	for place, package in lock["packages"].items():
		if not place:
			continue
		component = node_component(place.rpartition("node_modules/")[2], package)
		known = found.setdefault(str(component["purl"]), component)
		if component["scope"] == "required":
			known["scope"] = "required"
	return [found[purl] for purl in sorted(found)]


def node_component(name: str, package: dict) -> Component:
	"""One entry of the lock's packages."""
	purl = f"pkg:npm/{quote(name)}@{package['version']}"
	component = _library(name, package["version"], purl)
	component["scope"] = "optional" if package.get("dev") else "required"
	algorithm, _dash, value = package.get("integrity", "").partition("-")
	if algorithm == "sha512":
		content = base64.b64decode(value.partition(" ")[0]).hex()
		component["hashes"] = [{"alg": "SHA-512", "content": content}]
	if package.get("license"):
		component["licenses"] = [{"license": {"name": package["license"]}}]
	return component


def framework_component() -> Component:
	"""The framework: where it comes from, our patches over it, and the libraries that lie in its tree."""
	version = f"{UPSTREAM['version']}+{UPSTREAM['commit']}"
	pin = python_components(framework.WHEEL_PIN.read_text())[0]
	properties = [{"name": "bench:tree-sha256", "value": framework.TREE_SUM.read_text().split()[0]}]
	return {
		**_library("frappe", version, f"pkg:generic/frappe@{quote(version)}"),
		"type": "framework",
		"licenses": [{"license": {"id": "MIT"}}],
		"pedigree": {
			"ancestors": [pin],
			"commits": [{"uid": UPSTREAM["commit"]}],
			"patches": [_patch(path) for path in framework.patch_files()],
		},
		"properties": properties,
		"components": bundled_components(),
	}


def bundled_components() -> list[Component]:
	"""Scripts of others in the framework's tree; what they are stands in `bundled.csv`."""
	with BUNDLED.open(encoding="utf-8", newline="") as file:
		rows = list(csv.DictReader(file))
	return [
		_library(
			row["name"], row["version"], "pkg:npm/" + "@".join(filter(None, (row["name"], row["version"])))
		)
		| {"bom-ref": f"bundled:{row['name']}", "properties": [{"name": "bench:file", "value": row["file"]}]}
		for row in rows
	]


def _patch(path: Path) -> Component:
	address = path.relative_to(paths.ROOT).as_posix() if path.is_relative_to(paths.ROOT) else path.name
	return {"type": "unofficial", "diff": {"url": address}}


def _library(name: str, version: str, purl: str) -> Component:
	version_part = {"version": version} if version else {}
	return {"type": "library", "bom-ref": purl, "name": name, **version_part, "purl": purl}


def _document(name: str, components: list[Component]) -> str:
	bill = {
		"bomFormat": "CycloneDX",
		"specVersion": SPECIFICATION,
		"version": 1,
		"metadata": {"component": {"type": "application", "bom-ref": name, "name": name}},
		"components": components,
	}
	return json.dumps(bill, indent="\t", ensure_ascii=False) + "\n"
