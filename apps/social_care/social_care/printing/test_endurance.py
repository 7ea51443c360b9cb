"""A worker that prints for long, is killed, waits, forks or ends. No site."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import psutil

from social_care.printing.job import BrowserMissing, PrintRequest, PrintTimeout
from social_care.printing.session import BrowserSettings
from social_care.printing.testing import (
	FOOTER,
	HEADER,
	WorkerCase,
	chromium,
	document,
	nothing,
	photo,
	table,
	texts,
)
from social_care.printing.worker import BrowserWorker


class TestEndurance(WorkerCase):
	@classmethod
	def setUpClass(cls):
		cls.folder = tempfile.mkdtemp()
		with mock.patch.dict(os.environ, TMPDIR=cls.folder):
			super().setUpClass()
			cls.worker.render(PrintRequest(document("أول")), nothing, 60)

	@classmethod
	def tearDownClass(cls):
		super().tearDownClass()
		shutil.rmtree(cls.folder)

	def test_thirty_prints_leave_nothing_behind(self):
		html = document(HEADER + FOOTER + '<img src="/files/a.png">' + table(20))
		picture = photo()
		before = self._settled()
		for number in range(30):
			self.pdf(html, lambda url: picture, reader=f"reader {number // 3}")
		self.assertEqual(self._settled(), before)

	def _settled(self) -> tuple[int, list[str], int]:
		"""Processes of this browser, its temporary files and our threads, once the last print is cleared away."""
		time.sleep(1.5)
		return (
			len(psutil.Process().children(recursive=True)),
			sorted(os.listdir(self.folder)),
			threading.active_count(),
		)

	def test_killed_browser_is_replaced(self):
		self.pdf(document("أول"))
		psutil.Process(self.worker.browser_pid).kill()
		self.assertIn("ثان", texts(self.pdf(document("ثان")))[0])

	def test_browser_killed_during_a_print_does_not_fail_it(self):
		def kill_once(url):
			if not killed:
				killed.append(url)
				psutil.Process(self.worker.browser_pid).kill()

		killed: list[str] = []
		pdf = self.pdf(document('باق <img src="/files/a.png">'), kill_once)
		self.assertTrue(killed)
		self.assertIn("باق", texts(pdf)[0])

	def test_a_print_that_takes_too_long_is_stopped_and_the_next_one_works(self):
		def slow(url):
			time.sleep(3)

		started = time.monotonic()
		with self.assertRaises(PrintTimeout):
			self.pdf(document('<img src="/files/a.png">'), slow, timeout=1)
		self.assertLess(time.monotonic() - started, 5)
		self.assertIn("تال", texts(self.pdf(document("تال")))[0])

	def test_many_threads_share_one_browser(self):
		results: dict[int, str] = {}

		def one(number: int) -> None:
			results[number] = texts(self.pdf(document(f"رقم {number}")))[0]

		threads = [threading.Thread(target=one, args=(number,)) for number in range(6)]
		for thread in threads:
			thread.start()
		for thread in threads:
			thread.join()
		self.assertTrue(all(f"رقم {number}" in results[number] for number in range(6)))


class TestLife(unittest.TestCase):
	def test_browser_is_recycled_and_closed_when_idle(self):
		worker = BrowserWorker(BrowserSettings(chromium(), recycle_after=2, idle_after=1))
		try:
			worker.render(PrintRequest(document("أ")), nothing, 60)
			first = worker.browser_pid
			worker.render(PrintRequest(document("ب")), nothing, 60)
			worker.render(PrintRequest(document("ج")), nothing, 60)
			self.assertNotEqual(worker.browser_pid, first)
			self.assertTrue(_soon(_gone, first))
			time.sleep(2.5)
			self.assertIsNone(worker.browser_pid)
		finally:
			worker.stop()

	def test_missing_browser_says_so(self):
		worker = BrowserWorker(BrowserSettings(""))
		try:
			with self.assertRaises(BrowserMissing):
				worker.render(PrintRequest("x"), nothing, 10)
		finally:
			worker.stop()

	def test_browser_ends_with_its_process_however_that_ends(self):
		for ending in ("sys.exit()", "os._exit(0)", "os.kill(os.getpid(), 9)"):
			with self.subTest(ending), tempfile.TemporaryDirectory() as folder:
				out = self._run(f"print(worker(settings).browser_pid, flush=True); {ending}", TMPDIR=folder)
				self.assertTrue(_soon(_gone, int(out.split()[0])))
				self.assertTrue(_soon(_empty, folder), "temporary files were left behind")

	def test_forked_child_starts_its_own_browser(self):
		child = "print(first(), flush=True); worker(settings).stop()"
		out = self._run(f"""
parent = worker(settings).browser_pid
pid = os.fork()
if not pid:
	{child}
	os._exit(0)
os.waitpid(pid, 0)
print(parent, first(), worker(settings).browser_pid)
""").split()
		in_child, parent, again, after = out
		self.assertNotEqual(in_child, parent)
		self.assertEqual(parent, again)
		self.assertEqual(parent, after)

	def _run(self, ending: str, **environment: str) -> str:
		"""Output of a Python process that prints once and then runs `ending`."""
		code = f"""
import os, sys
from social_care.printing.job import PrintRequest
from social_care.printing.session import BrowserSettings
from social_care.printing.worker import worker
settings = BrowserSettings({chromium()!r})
def first():
	worker(settings).render(PrintRequest("x"), lambda url: None, 60)
	return worker(settings).browser_pid
first()
{ending}
"""
		root = str(Path(__file__).resolve().parents[2])
		env = {**os.environ, "PYTHONPATH": root, **environment}
		return subprocess.run(
			[sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=90
		).stdout


def _gone(pid: int) -> bool:
	return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def _empty(folder: str) -> bool:
	return not os.listdir(folder)


def _soon(condition: Callable[..., bool], *arguments, seconds: float = 15) -> bool:
	"""Whether `condition(*arguments)` comes true within some seconds."""
	until = time.monotonic() + seconds
	while not condition(*arguments):
		if time.monotonic() > until:
			return False
		time.sleep(0.1)
	return True


if __name__ == "__main__":
	unittest.main()
