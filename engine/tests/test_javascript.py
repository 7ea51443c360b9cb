"""The tests of the asset builder and of the realtime server, which are written for Node's own runner."""

import subprocess

from engine import paths


def test_the_node_tests_pass() -> None:
	done = subprocess.run(["npm", "test", "--silent"], cwd=paths.ROOT, capture_output=True, text=True)
	assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
	assert "# fail 0" in done.stdout
	assert "# skipped 0" in done.stdout
