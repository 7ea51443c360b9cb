"""Work aside: it goes on meanwhile, and its failure is not lost."""

import threading

import pytest

from engine.errors import EngineError
from engine.progress import Aside


def test_it_goes_on_while_something_else_runs(progress) -> None:
	met = threading.Barrier(2)
	aside = Aside(lambda quiet: (quiet.say("half"), met.wait(10), quiet.say("done")))
	met.wait(10)
	aside.wait(progress)
	assert progress.note == "done"


def test_its_failure_comes_out_where_it_is_waited_for(progress) -> None:
	def fail(_quiet) -> None:
		raise EngineError("no packages")

	first = Aside(fail)
	second = Aside(lambda quiet: first.wait(quiet))
	with pytest.raises(EngineError, match="no packages"):
		second.wait(progress)
