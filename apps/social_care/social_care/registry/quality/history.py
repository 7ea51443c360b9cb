"""A row a day for each institution, so that a trend can be drawn."""

import frappe
from frappe.utils import now, nowdate

DAY = "Data Quality Day"
IN_CARE = "`institution` is not null and `institution` != '' and `life_state` = 'Active'"


def keep_today() -> None:
	"""Count what is kept of each institution and write it as this day's row; run again, the day's rows are written anew."""
	frappe.db.delete(DAY, {"day": nowdate()})
	frappe.db.sql(
		f"""insert into `tab{DAY}` (`name`, `creation`, `modified`, `owner`, `modified_by`, `day`, `institution`,
			`org_unit`, `governorate`, `children`, `asked`, `lacking`, `errors`, `warnings`, `notes`)
		select left(sha2(concat(home.`name`, %(day)s), 256), 20), %(now)s, %(now)s, 'Administrator', 'Administrator', %(day)s,
			home.`name`, home.`org_unit`, home.`governorate`, ifnull(files.children, 0), ifnull(files.asked, 0),
			ifnull(files.lacking, 0), ifnull(faults.errors, 0), ifnull(faults.warnings, 0), ifnull(faults.notes, 0)
		from `tabInstitution` home
		left join (select `institution`, count(*) as children, sum(`quality_asked`) as asked, sum(`quality_lacking`) as lacking
			from `tabChild` where {IN_CARE} group by `institution`) files on files.`institution` = home.`name`
		left join (select `institution`, sum(`severity` = 'Error') as errors, sum(`severity` = 'Warning') as warnings,
			sum(`severity` = 'Note') as notes from `tabData Quality Fault` group by `institution`) faults
			on faults.`institution` = home.`name`
		where files.children is not null or faults.errors is not null""",  # built of this module's own words
		{"day": nowdate(), "now": now()},
	)
