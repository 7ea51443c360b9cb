"""The dashboards of inspection: of the workspace, for whoever it shows, and of the sector's adviser."""

from functools import partial

from frappe import _

from social_care_inspections.inspections.figures import adviser, followed, parts, questions
from social_care_inspections.inspections.figures.questions import HOME, OPEN_VIOLATION, WORKING
from social_care_inspections.inspections.violations.states import RECORD
from social_care_inspections.inspections.visits import states

WAITING = {"status": ["in", list(states.UNDER_REVIEW)]}


def inspection() -> dict:
	"""Hook `social_care_dashboards`: what is to be done, and how institutions stand."""
	visits = {
		"planned": ({"status": states.PLANNED}, _("Visits Planned")),
		"overdue": (questions.overdue(), _("Visits Overdue")),
		"under_way": ({"status": ["in", [states.BEGUN, states.COMPLETED]]}, _("Visits under Way")),
		"waiting": (WAITING, _("Reports under Review")),
	}
	homes = questions.homes()
	built = (
		*(parts.my_visits, parts.replies, parts.grades, parts.trend, parts.visit_states),
		*(parts.severities, parts.violation_ages, followed.action_states, followed.complaint_kinds),
		*(followed.case_states, followed.arrivals, partial(parts.country, homes)),
		*(parts.overdue_visits, followed.longest_overdue),
	)
	return {"headlines": headlines(visits, homes), "parts": shown(built)}


def headlines(visits: dict, homes: dict[str, dict]) -> list[dict]:
	"""Figures on top: of visits, violations and institutions, as far as the reader opens them."""
	violations = {
		"open": (OPEN_VIOLATION, _("Open Violations")),
		"crimes": (OPEN_VIOLATION | {"suspected_crime": 1}, _("Open Suspicions of a Crime")),
	}
	institutions = {
		"critical": ({"status": "Critical"}, _("Critical Institutions")),
		"lowest": (WORKING | {"grade": "D"}, _("Institutions of Grade {0}").format(_("D"))),
	}
	return [
		*followed.figures(states.DOCTYPE, visits),
		*followed.figures(RECORD, violations),
		*(followed.figures(HOME, institutions) if len(homes) > 1 else ()),
		*followed.headlines(),
	]


def sector_adviser() -> dict:
	"""Hook `social_care_dashboards`: the sector at a glance, down to its rows."""
	visits = {
		"year": (questions.made_since(12), _("Visits Made in Twelve Months")),
		"unannounced": (questions.unannounced(), _("Unannounced Visits in Twelve Months")),
		"overdue": (questions.overdue(), _("Visits Overdue")),
	}
	homes = questions.homes()
	built = (
		*(parts.grades, parts.trend, partial(parts.country, homes), parts.violation_ages),
		*(followed.action_states, followed.complaint_kinds, followed.arrivals),
		partial(adviser.lines_part, homes),
		*(
			parts.critical_institutions,
			parts.oldest_violations,
			parts.overdue_visits,
			followed.longest_overdue,
		),
	)
	return {"headlines": headlines(visits, homes), "parts": shown(built)}


def shown(built: tuple) -> list[dict]:
	"""Parts of which the reader sees anything."""
	return [part for part in (build() for build in built) if part]
