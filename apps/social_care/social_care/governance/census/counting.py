"""Announcing and counting a census, set by set: one return an institution, one entry a child, in chunks of institutions.

A child counts where it lived on the day of the cut-off by its placements (half-open intervals), as they were entered by that
instant; what was entered later about that day is kept apart. Names of rows follow from campaign and institution or child: a job
may be ended at any moment, and nothing is there twice.
"""

import frappe
from frappe.utils import now

from social_care import one_worker
from social_care.governance.census import ANNOUNCED, CAMPAIGN, COUNTED, ENTRY, EXPECTED, RETURN

AT_ONCE = 100  # institutions


def enqueue() -> None:
	"""Scheduler, and when a campaign is made: announce what is new, count what is due."""
	frappe.enqueue(
		"social_care.governance.census.counting.work",
		queue="long",
		job_id="social_care_census",
		deduplicate=True,
		enqueue_after_commit=True,
	)


def work() -> None:
	"""The job; on from where the last one was stopped."""
	with one_worker.alone(f"census:{frappe.conf.db_name}"[:64]) as is_alone:
		names = frappe.get_all(  # campaigns are known to everybody
			CAMPAIGN, filters={"status": ANNOUNCED}, pluck="name", order_by="cut_off asc"
		)
		for name in names if is_alone else ():
			announce(name)
			if frappe.db.get_value(CAMPAIGN, name, "cut_off") <= frappe.utils.now_datetime():
				count(name)


def announce(name: str) -> None:
	"""Make the returns that are missing; institutions may declare from now on."""
	while homes := _next(name, "announced_to"):
		_add_returns(name, homes)
		frappe.db.set_value(CAMPAIGN, name, "announced_to", homes[-1], update_modified=False)
		frappe.db.commit()  # the bound of a chunk


def count(name: str) -> None:
	"""Count every institution as of the cut-off; afterwards returns can be signed."""
	while homes := _next(name, "counted_to"):
		_add_returns(name, homes)
		add_entries(name, homes, late=False)
		frappe.db.set_value(CAMPAIGN, name, "counted_to", homes[-1], update_modified=False)
		frappe.db.commit()  # the bound of a chunk
	sum_up(name)
	frappe.db.set_value(CAMPAIGN, name, "status", COUNTED)
	frappe.db.commit()  # the end of the job


def _next(name: str, mark: str) -> list[str]:
	done = frappe.db.get_value(CAMPAIGN, name, mark, for_update=True)
	return frappe.db.sql_list(  # of the nation, by the clock; whoever was asked is counted, closed meanwhile or not
		f"""select home.`name` from `tabInstitution` home where home.`name` > %(done)s and (ifnull(home.`status`, '') != 'Closed'
			or exists (select 1 from `tab{RETURN}` own where own.`campaign` = %(campaign)s and own.`institution` = home.`name`))
		order by home.`name` limit {AT_ONCE}""",
		{"done": done or "", "campaign": name},
	)


def _add_returns(name: str, homes: list[str]) -> None:
	frappe.db.sql(
		f"""insert ignore into `tab{RETURN}` (`name`, `creation`, `modified`, `owner`, `modified_by`, `campaign`, `institution`,
			`org_unit`, `governorate`, `status`, `licensed`, `former`, `expected`, `entered`, `entered_late`, `difference`)
		select left(sha2(concat(held.`name`, '|', home.`name`), 256), 20), %(now)s, %(now)s, %(user)s, %(user)s, held.`name`,
			home.`name`, home.`org_unit`, home.`governorate`, 'Waiting', home.`licensed_capacity`,
			former.`entered` + former.`entered_late`, 0, 0, 0, 0
		from `tabInstitution` home join `tab{CAMPAIGN}` held on held.`name` = %(campaign)s
		left join `tab{RETURN}` former on former.`campaign` = held.`former_census` and former.`institution` = home.`name`
		where home.`name` in %(homes)s""",  # of this module's own words
		{"campaign": name, "homes": homes, "now": now(), "user": frappe.session.user},
	)


def add_entries(name: str, homes: list[str], late: bool) -> None:
	"""The children of the institutions on the day of the cut-off: those known by then, or (`late`) also what was entered since."""
	# a merged file is not counted, nor the file that stands for one that is counted already
	known = "" if late else "and placement.`creation` <= held.`cut_off`"
	frappe.db.sql(
		f"""insert ignore into `tab{ENTRY}` (`name`, `creation`, `modified`, `owner`, `modified_by`, `campaign`, `census_return`,
			`institution`, `child`, `sex`, `age`, `is_late`)
		with recursive stands (`child`) as (
			select gone.`merged_into` from `tabChild` gone join `tab{ENTRY}` counted on counted.`campaign` = %(campaign)s
				and counted.`child` = gone.`name` where gone.`merged_into` > ''
			union select gone.`merged_into` from stands join `tabChild` gone on gone.`name` = stands.`child`
				where gone.`merged_into` > '')
		select left(sha2(concat(held.`name`, '|', child.`name`), 256), 20), %(now)s, %(now)s, %(user)s, %(user)s, held.`name`,
			own.`name`, own.`institution`, child.`name`, child.`sex`,
			timestampdiff(year, child.`birth_date`, date(held.`cut_off`)), %(late)s
		from `tab{CAMPAIGN}` held join `tab{RETURN}` own on own.`campaign` = held.`name` and own.`institution` in %(homes)s
		join `tabPlacement` placement on placement.`institution` = own.`institution` and placement.`setting` = 'Institution'
			and placement.`from_date` <= date(held.`cut_off`)
			and (placement.`to_date` is null or placement.`to_date` > date(held.`cut_off`)) {known}
		join `tabChild` child on child.`name` = placement.`child`
		left join `tab{ENTRY}` there on there.`campaign` = held.`name` and there.`child` = child.`name`
		where held.`name` = %(campaign)s and there.`name` is null and ifnull(child.`merged_into`, '') = ''
			and child.`name` not in (select stands.`child` from stands)""",  # of this module's own words
		{"campaign": name, "homes": homes, "late": int(late), "now": now(), "user": frappe.session.user},
	)


def sum_up(name: str, home: str | None = None) -> None:
	"""Write the numbers of the returns (or of one), and of the campaign, from what was counted and is expected; three queries."""
	one = "and own.`institution` = %(home)s" if home else ""
	source = EXPECTED[frappe.db.get_value(CAMPAIGN, name, "expected_from")]
	values = {"campaign": name, "home": home}
	frappe.db.sql(
		f"""update `tab{RETURN}` own left join (select `census_return`, sum(`is_late` = 0) as on_time, sum(`is_late`) as late
			from `tab{ENTRY}` where `campaign` = %(campaign)s group by `census_return`) counted
			on counted.`census_return` = own.`name`
		set own.`entered` = ifnull(counted.on_time, 0), own.`entered_late` = ifnull(counted.late, 0),
			own.`expected` = ifnull(own.`{source}`, 0),
			own.`difference` = ifnull(counted.on_time, 0) + ifnull(counted.late, 0) - ifnull(own.`{source}`, 0)
		where own.`campaign` = %(campaign)s {one}""",  # of this module's own words
		values,
	)
	frappe.db.sql(
		f"""update `tab{CAMPAIGN}` held join (select count(*) as institutions, sum(`expected`) as expected,
			sum(`entered`) as entered, sum(`entered_late`) as late from `tab{RETURN}` where `campaign` = %(campaign)s) summed
		set held.`institutions` = summed.institutions, held.`expected` = ifnull(summed.expected, 0),
			held.`entered` = ifnull(summed.entered, 0), held.`entered_late` = ifnull(summed.late, 0)
		where held.`name` = %(campaign)s""",
		values,
	)
