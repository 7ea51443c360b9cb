"""Where things stand. All paths are below the bench's root, so that two clones never meet."""

import os
from pathlib import Path

ROOT = Path(os.environ.get("BENCH_ROOT") or Path(__file__).resolve().parent.parent)
ENGINE = ROOT / "engine"
APPS = ROOT / "apps"
SITES = ROOT / "sites"
ENV = ROOT / "env"
PYTHON = ENV / "bin" / "python"
NODE_MODULES = ROOT / "node_modules"
FRAMEWORK = APPS / "frappe"
VAR = ROOT / "var"
RUN = VAR / "run"
LOG = VAR / "log"
TMP = VAR / "tmp"


def make_folders() -> None:
	"""Create the folders which frappe-bench and this engine expect."""
	for folder in (APPS, SITES, RUN, LOG, TMP, ROOT / "logs", ROOT / "config" / "pids"):
		folder.mkdir(parents=True, exist_ok=True)
