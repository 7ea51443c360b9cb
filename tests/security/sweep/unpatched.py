"""The framework's tree as it was published, with no more patches than it needs to run."""

from pathlib import Path

from engine import framework
from engine.progress import Progress

NEEDED = ("0001-",)


def build(folder: Path) -> Path | None:
	"""A tree below the folder; None where the framework is a checkout of somebody's own."""
	wheel = next((framework.paths.VAR / "download").glob("*.whl"), None)
	if not wheel or not framework.is_ours(framework.paths.FRAMEWORK):
		return None
	tree = folder / "framework"
	framework.restore(wheel, tree, Progress())
	framework.verify(tree)
	for patch in framework.patch_files():
		if patch.name.startswith(NEEDED):
			framework.apply_patch(patch, tree)
	return tree
