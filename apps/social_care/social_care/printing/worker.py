"""The one thread of a process that owns its browser, and the queue in front of it."""

import atexit
import contextlib
import os
import queue
import threading

from social_care.printing.job import PrintError, PrintJob, PrintRequest, PrintTimeout, Resolver
from social_care.printing.session import BrowserSession, BrowserSettings

SHUTDOWN_SECONDS = 10.0
REFRESH_SECONDS = 0.5  # without a print until the page of the last one is thrown away
ATTEMPTS = 2  # a browser that died is started anew once per print


class BrowserWorker:
	"""A browser kept warm: started with the first print, closed when idle, replaced when old or dead."""

	def __init__(self, settings: BrowserSettings):
		self.settings = settings
		self._jobs: queue.SimpleQueue = queue.SimpleQueue()
		self._lock = threading.Lock()
		self._session: BrowserSession | None = None
		self._current: PrintJob | None = None
		self._thread = threading.Thread(target=self._run, name="print-browser", daemon=True)
		self._thread.start()

	@property
	def browser_pid(self) -> int | None:
		"""Process id of the running browser, if there is one."""
		session = self._session
		return session.pid if session else None

	def render(self, request: PrintRequest, resolve: Resolver, timeout: float) -> bytes:
		"""The PDF of `request`, after at most `timeout` seconds (waiting for prints before it included)."""
		job = PrintJob(request, resolve, timeout)
		self._jobs.put(job)
		try:
			return job.wait()
		except PrintTimeout:
			self._interrupt(job)
			raise

	def stop(self) -> None:
		"""Close the browser and end the thread."""
		self._jobs.put(None)
		self._thread.join(SHUTDOWN_SECONDS)
		if self._thread.is_alive() and self._session:
			self._session.kill()

	def _interrupt(self, job: PrintJob) -> None:
		with self._lock:
			if self._current is job and self._session:
				self._session.kill()

	def _run(self) -> None:
		while (job := self._next()) is not None:
			if job.remaining:
				self._serve(job)
		self._close()

	def _next(self) -> PrintJob | None:
		"""The next print, or None to end. When none comes the last one is forgotten, and later the browser closed."""
		for seconds, then in ((REFRESH_SECONDS, self._refresh), (self.settings.idle_after, self._close)):
			if not self._session:
				break
			try:
				return self._jobs.get(timeout=seconds)
			except queue.Empty:
				then()
		return self._jobs.get()

	def _serve(self, job: PrintJob) -> None:
		with self._lock:
			self._current = job
		try:
			job.succeed(self._render(job))
		except PrintError as error:
			job.fail(error)
		except Exception as error:
			self._close()
			job.fail(PrintError(f"printing failed: {type(error).__name__}"))
		finally:
			with self._lock:
				self._current = None
			if self._session and self._session.prints >= self.settings.recycle_after:
				self._close()

	def _render(self, job: PrintJob) -> bytes:
		for attempt in range(1, ATTEMPTS + 1):
			try:
				return self._open().render(job)
			except PrintTimeout:
				self._close()
				raise
			except PrintError:
				self._close()
				if attempt == ATTEMPTS or not job.remaining:
					raise
		raise PrintError("no attempt made")

	def _open(self) -> BrowserSession:
		if self._session and not self._session.alive:
			self._close()
		if not self._session:
			self._session = BrowserSession(self.settings)
		return self._session

	def _refresh(self) -> None:
		try:
			self._session.refresh()
		except Exception:
			self._close()

	def _close(self) -> None:
		session, self._session = self._session, None
		if session:
			session.close()


_lock = threading.Lock()
_worker: BrowserWorker | None = None


def worker(settings: BrowserSettings) -> BrowserWorker:
	"""This process's worker; replaced when the settings differ from those it was started with."""
	global _worker
	with _lock:
		if _worker and _worker.settings != settings:
			_worker.stop()
			_worker = None
		if not _worker:
			_worker = BrowserWorker(settings)
		return _worker


def stop() -> None:
	"""Close this process's browser, if it has one."""
	global _worker
	with _lock:
		running, _worker = _worker, None
	if running:
		with contextlib.suppress(Exception):
			running.stop()


def _forget() -> None:
	"""In a forked child: thread and browser are the parent's; begin with none."""
	global _lock, _worker
	_lock, _worker = threading.Lock(), None


os.register_at_fork(after_in_child=_forget)
atexit.register(stop)
