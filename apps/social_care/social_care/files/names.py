"""Names of files as users see them: no markup, no path, nothing that changes the reading direction or breaks an address."""

import re
import unicodedata

# What ends or changes an address, a path, an attribute or a tag.
UNSAFE = re.compile(r"[<>:\"'`/\\|?*%#&;{}\[\]$^~=\r\n\t]+")
MAX_BYTES = 180
LONGEST_ENDING = 12
NOTHING_LEFT = "file"


def clean_name(name: str | None) -> str:
	"""The name with its unsafe characters replaced; control and direction characters are dropped."""
	text = unicodedata.normalize("NFC", str(name or ""))
	text = "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
	text = re.sub(r"\s+", " ", UNSAFE.sub("_", text)).rstrip(" .")
	stem, dot, ending = text.rpartition(".")
	if not dot or len(ending) > LONGEST_ENDING:
		stem, dot, ending = text, "", ""
	return f"{_shortened(stem.strip(' .')) or NOTHING_LEFT}{dot}{ending}"


def _shortened(stem: str) -> str:
	return stem.encode()[:MAX_BYTES].decode(errors="ignore").strip(" .")
