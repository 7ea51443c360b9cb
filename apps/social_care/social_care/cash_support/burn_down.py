"""How far a campaign is: rows by governorate and state, and what was left on each day, at the reader's places."""

import frappe
from frappe.utils import getdate

from social_care.organisation.grants import CASES, active_grants
from social_care.scope.reach import NOTHING, RowScope

REVIEW, CAMPAIGN = "Beneficiary Review", "Beneficiary Review Campaign"
STATES = ("Listed", "Verified", "Moved Over", "Excluded")
MOST_DAYS = 400
PENSION = "Social Security Pension"  # an option of the grievance pack


def progress(campaign: str) -> dict:
	"""For the screen of a campaign: {"governorates": rows, "days": [[day, left]], "totals": counts}."""
	frappe.get_doc(CAMPAIGN, campaign).check_permission("read")
	rows = by_governorate(campaign)
	days = remaining(campaign, rows)
	return {"governorates": rows, "days": days, "totals": totals(rows), "grievances": grievances(campaign)}


def grievances(campaign: str) -> int | None:
	"""Grievances over the programme from which the campaign moves, as far as the reader may list them; None without a service."""
	service = frappe.db.get_value(CAMPAIGN, campaign, "grievance_service")
	request_type = frappe.db.get_value("Service", service, "request_type") if service else None
	if not request_type or not frappe.has_permission(request_type, "read"):
		return None
	has_programme = frappe.get_meta(request_type).has_field("programme")
	filters = {"programme": PENSION} if has_programme else {}
	return frappe.get_list(request_type, filters, ["count(name) as number"], order_by=None)[0].number


def by_governorate(campaign: str) -> list[dict]:
	"""One row a governorate with rows; one query over an index."""
	where = places()
	return frappe.db.sql(
		f"""select `tabBeneficiary Review`.`governorate`, governorate.`governorate_name`, count(*) as listed_in_all,
			sum(`tabBeneficiary Review`.`status` = 'Listed') as listed, sum(`tabBeneficiary Review`.`status` = 'Verified') as verified,
			sum(`tabBeneficiary Review`.`status` = 'Moved Over') as moved, sum(`tabBeneficiary Review`.`status` = 'Excluded') as excluded,
			sum(`tabBeneficiary Review`.`status` in ('Listed', 'Verified')) as remaining,
			sum(`tabBeneficiary Review`.`status` = 'Listed' and `tabBeneficiary Review`.`result` = 'No Finding') as clear,
			sum(`tabBeneficiary Review`.`status` = 'Listed' and `tabBeneficiary Review`.`result` = 'Needs Review') as review,
			sum(`tabBeneficiary Review`.`status` = 'Listed' and `tabBeneficiary Review`.`result` = 'Does Not Qualify') as fails
		from `tabBeneficiary Review` left join `tabGovernorate` governorate on governorate.`name` = `tabBeneficiary Review`.`governorate`
		where `tabBeneficiary Review`.`campaign` = %s{f" and {where}" if where else ""}
		group by `tabBeneficiary Review`.`governorate` order by remaining desc, `tabBeneficiary Review`.`governorate` asc""",
		campaign,  # the condition is built by social_care.scope
		as_dict=True,
	)


def remaining(campaign: str, rows: list[dict]) -> list[list]:
	"""What was left at the end of each day on which something was decided, beginning with all."""
	where = places()
	decided = frappe.db.sql(
		f"""select `decided_on`, count(*) from `tabBeneficiary Review` where `campaign` = %s and `decided_on` is not null
		and `status` in ('Moved Over', 'Excluded'){f" and {where}" if where else ""}
		group by `decided_on` order by `decided_on` asc limit {MOST_DAYS}""",
		campaign,  # the condition is built by social_care.scope
	)
	values = frappe.db.get_value(CAMPAIGN, campaign, ["starts_on", "creation"])
	left = sum(int(row["listed_in_all"]) for row in rows)
	days = [[getdate(values[0] or values[1]), left]]
	for day, count in decided:
		left -= count
		days.append([day, left])
	return [[str(day), number] for day, number in days]


def totals(rows: list[dict]) -> dict[str, int]:
	"""Sums of the columns over all governorates."""
	names = (
		"listed_in_all",
		"listed",
		"verified",
		"moved",
		"excluded",
		"remaining",
		"clear",
		"review",
		"fails",
	)
	return {name: sum(int(row[name]) for row in rows) for name in names}


def places(doctype: str = REVIEW) -> str:
	"""SQL condition for rows at the session user's places ("" for everywhere): counts, whatever his role there."""
	user = frappe.session.user
	if user == "Administrator":
		return ""
	grants = tuple(grant for grant in active_grants(user) if grant.scope != CASES)
	return RowScope(user, grants).sql(doctype, {"unit": "org_unit"}) if grants else NOTHING
