"""How rows of the core belong to a place: the values of its hooks `social_care_reference_doctypes`, `social_care_references`
and `social_care_scope_rules`, told in docs/extensions.md. Data alone; the forms of a rule stand in the head of scope/__init__.py.
"""

# Tables on which rows are not limited: they name no person and no place of care; roles decide who reads them.
REFERENCE_DOCTYPES = [
	"Governorate",
	"Org Unit",
	"Institution Type",
	"Admission Reason",
	"Placement Change Reason",
	"Care Review Kind",
	"Care Plan Domain",
	"Assessment Item",
	"Significant Event Kind",
	"Official Figure",
	"Data Quality Rule",
	"Data Quality Run",
	"Confirmation Cycle",
	"Census Campaign",
	"Indicator",
	"Indicator Run",
	"Duplicate Search",
	"Access Change",
	"Read Log Seal",
	"Service Group",
	"Service",
	"Service Pack",
	"Service Mechanisation",
	"Mechanisation Phase",
	"Support Programme",
	"Beneficiary Review Campaign",
	"Committee Kind",
	"Identity Source",
	"Legacy Source",
	"Research Export",
]

# Fields that name a DocType and a record, where the schema and the fields' names alone do not tell.
REFERENCES = {
	"Access Log": [["export_from", "reference_document"]],
}

# How rows belong to a place, where the schema alone does not tell.
SCOPE_RULES = {
	"Institution": [{"unit": "org_unit", "institution": "name"}],
	"Association": [{"unit": "org_unit"}, {"linked_from": ["Institution", "association"]}],
	"Data Officer": [{"unit": "directorate"}],
	# A file holds its person's name as the person does (registry/identity.py).
	"Person": [
		{"linked_from": ["Child", "person"], "copies": ["full_name", "search_name"]},
		{"linked_from_table": ["Family Member", "person"]},
	],
	"Family": [
		{"linked_from": ["Child", "family"]},
		{"unit": "registering_unit", "institution": "registering_institution"},
	],
	"Placement": [{"unit": "org_unit", "institution": "institution"}, {"link": ["child", "Child"]}],
	# Seen by the side that sends; by the side that is asked, once it is asked; and by whoever the child's file belongs to.
	"Placement Change": [
		{
			"either": [
				{"unit": "from_unit", "institution": "from_institution"},
				{"unit": "addressed_unit", "institution": "addressed_institution"},
				{"link": ["child", "Child"]},
			]
		}
	],
	# Case work follows the child; the institution in it only says where he lived then.
	"Care Plan": [{"link": ["child", "Child"]}],
	"Care Review": [{"link": ["child", "Child"]}],
	"Best Interests Determination": [{"link": ["child", "Child"]}],
	"Child Assessment": [{"link": ["child", "Child"]}],
	"Family Contact": [{"link": ["child", "Child"]}],
	"Significant Event": [{"link": ["child", "Child"]}],
	"Child Savings Entry": [{"link": ["child", "Child"]}],
	"Child Activity": [{"link": ["child", "Child"]}],
	"Sibling Pair": [{"all": [{"link": ["child", "Child"]}, {"link": ["other_child", "Child"]}]}],
	# A directive is seen by the unit that issues it, and by the one that it was sent to, once it was; a circular by its unit and
	# where it was published to.
	"Directive": [{"either": [{"unit": "issuing_unit"}, {"unit": "addressed_unit"}]}],
	"Circular": [{"either": [{"unit": "org_unit"}, {"linked_from": ["Circular Receipt", "circular"]}]}],
	# A session is seen by whoever sees its committee.
	"Committee Session": [{"link": ["committee", "Committee"]}],
	# Of a child's file whoever sees the file, of an institution's record whoever sees the institution.
	"Data Quality Fault": [{"link": ["child", "Child"]}, {"link": ["own_institution", "Institution"]}],
	"Beneficiary Rejected Row": [{"link": ["batch", "Beneficiary Import Batch"]}],
	"Recorded Death": [{"link": ["batch", "Beneficiary Import Batch"]}],
	"Identity Answer File": [{"link": ["batch", "Identity Verification Batch"]}],
	"Legacy Row": [{"link": ["legacy_import", "Legacy Import"]}],
	# By the person alone: whoever works where the child lives now decides.
	"Identity Question": [{"link": ["person", "Person"]}],
	"Identity Difference": [{"link": ["person", "Person"]}],
	"Correction Log": [{"link": ["child", "Child"]}, {"link": ["own_institution", "Institution"]}],
	"Census Entry": [{"link": ["census_return", "Census Return"]}],
	# What an institution confirmed stays its own when the child moves on; it holds the child's code alone.
	"Child Confirmation": [{"link": ["confirmation", "Institution Confirmation"]}],
	"Data Officer Task": [{"unit": "directorate"}],
	"Read Log": [{"link": ["child", "Child"]}],
	# Seen by whoever asks and by whoever the file belongs to; decisions stand in social_care.reading.opening.
	"File Access Grant": [
		{
			"either": [
				{"unit": "asking_unit", "institution": "asking_institution"},
				{"unit": "owner_unit", "institution": "owner_institution"},
			]
		}
	],
	# Whoever may see both; where nobody of a directorate may, headquarters decides.
	"Duplicate Candidate": [{"all": [{"link": ["person", "Person"]}, {"link": ["other_person", "Person"]}]}],
	"Person Merge": [{"all": [{"link": ["survivor", "Person"]}, {"link": ["merged", "Person"]}]}],
}
