"""Workflows of the papers about a child and of the administration's own (setup/data/paper_states.csv, paper_transitions.csv), by groups of roles."""

from social_care.decisions.directives import DOERS
from social_care.setup import workflows
from social_care.setup.tables import table
from social_care.setup.workflow_tables import WorkflowTables

ISSUERS = (
	"Minister Office",
	"Sector Leadership",
	"Central Administration Head",
	"General Manager",
	"Directorate Director",
)
GROUPS = {
	"entry": workflows.ENTRY,
	"directorate": workflows.DIRECTORATE,
	"deciders": ("Directorate Director", "Central Administration Head"),
	"headquarters": ("Central Administration Head",),
	"chief": ("Directorate Director",),
	"home": ("Institution Director",),
	"issuers": ISSUERS,
	"doers": DOERS,
	"conveners": (*ISSUERS, "Committee Secretary"),
	"sitters": (
		"Committee Secretary",
		"Directorate Director",
		"General Manager",
		"Central Administration Head",
	),
}
PAPERS = WorkflowTables(table("paper_states"), table("paper_transitions"), GROUPS)
