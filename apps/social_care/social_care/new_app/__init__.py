"""`bench new-care-app`: an app that stands on the core and ships service packs, a report, texts and tests of its own."""

import re
import string
import sysconfig
from collections.abc import Iterator
from pathlib import Path

SKELETON = Path(__file__).parent / "skeleton"
NAME = re.compile(r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")
CODE = re.compile(r"^[A-Z]{2,4}-[0-9]{2,4}$")
LONGEST = 35  # its title is the name of a module, and with « Request» that of a record type


class Words(string.Template):
	"""Templates write «@title»: «$» and braces are everywhere in code and in texts."""

	delimiter = "@"


class NewAppError(ValueError):
	"""The app cannot be made so."""


def make(name: str, folder: Path, code: str) -> list[Path]:
	"""Write the app `name` below `folder`, with a pack for the service `code`; the files. Raises NewAppError."""
	words = words_for(name, code)
	target = folder / name
	if target.exists():
		raise NewAppError(f"{target} is there already.")
	made = []
	for source in templates():
		file = target / path_for(source, name)
		file.parent.mkdir(parents=True, exist_ok=True)
		file.write_text(Words(source.read_text(encoding="utf-8")).substitute(words), encoding="utf-8")
		made.append(file)
	return made


def words_for(name: str, code: str) -> dict[str, str]:
	"""What stands for the words of the skeleton."""
	if not NAME.match(name) or len(name) > LONGEST:
		raise NewAppError(f"{name}: small letters, digits and «_» between them, {LONGEST} signs at most.")
	if not CODE.match(code):
		raise NewAppError(f"{code}: two to four capital letters, «-», two to four digits.")
	title = name.replace("_", " ").title()
	report = f"{title} by State"
	return {
		"app": name,
		"title": title,
		"code": code,
		"request": f"{title} Request",
		"report": report,
		"report_folder": report.lower().replace(" ", "_"),
	}


def templates() -> Iterator[Path]:
	"""Files of the skeleton: their names end in .txt, so that nothing takes them for parts of the core."""
	yield from sorted(file for file in SKELETON.rglob("*.txt"))


def path_for(source: Path, name: str) -> Path:
	"""Where a file of the skeleton goes: APP and REPORT in its path are the app and its report."""
	report = words_for(name, "AA-01")["report_folder"]
	text = source.relative_to(SKELETON).as_posix().removesuffix(".txt")
	return Path(text.replace("APP", name).replace("REPORT", report))


def register(name: str, bench: Path) -> None:
	"""Make the app known to the bench: in the list of its apps, and importable from where it stands, without the network."""
	listed = bench / "sites" / "apps.txt"
	names = listed.read_text(encoding="utf-8").split()
	if name not in names:
		listed.write_text("\n".join([*names, name]) + "\n", encoding="utf-8")
	path = Path(sysconfig.get_paths()["purelib"]) / f"{name}.pth"
	path.write_text(f"{bench / 'apps' / name}\n", encoding="utf-8")
