"""Facts that every condition may ask for, beside the fields of its own form. What they are is told in docs/service-packs.md."""

APPLICANT = frozenset(
	{
		*(
			"applicant.birth_date",
			"applicant.age",
			"applicant.sex",
			"applicant.nationality",
			"applicant.governorate",
		),
		*("applicant.national_number", "applicant.phone", "applicant.email", "applicant.is_deceased"),
		*("applicant.other_open_requests", "applicant.earlier_requests"),
		*("family.members", "family.children", "family.adults"),
	}
)
REQUEST = frozenset({"request.submitted_on", "request.channel", "request.priority", "request.governorate"})
OF_SUBJECT = {
	"person": frozenset(),
	"family": frozenset(),
	"child": frozenset(
		{
			"child.age",
			"child.birth_date",
			"child.sex",
			"child.months_in_care",
			"child.in_care",
			"child.siblings_in_care",
		}
	),
	"institution": frozenset(
		{
			*("institution.status", "institution.capacity", "institution.children", "institution.grade"),
			*("institution.licence_expiry", "institution.kind"),
		}
	),
	"association": frozenset({"association.institutions"}),
}
SUBJECT_FIELDS = {
	"child": ("child", "Child"),
	"institution": ("institution", "Institution"),
	"association": ("association", "Association"),
	"family": ("family", "Family"),
}


def known_facts(pack: dict) -> set[str]:
	"""Facts that this pack's conditions may ask for."""
	documents = {f"documents.{row['code']}" for row in pack.get("documents", [])}
	return APPLICANT | REQUEST | OF_SUBJECT[pack.get("subject", "person")] | documents


def place_fields(pack: dict) -> tuple[str, ...]:
	"""Fields that say where a request is handled and whom it is about: they decide who sees it."""
	subject = SUBJECT_FIELDS.get(pack.get("subject", "person"))
	return tuple(dict.fromkeys(("org_unit", "institution", *((subject[0],) if subject else ()))))
