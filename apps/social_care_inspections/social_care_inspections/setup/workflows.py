"""The workflows of this app (setup/data/workflow_states.csv, workflow_transitions.csv): written once, taken away with the app."""

from social_care.setup.workflow_tables import WorkflowTables

from social_care_inspections.inspections.visits import states
from social_care_inspections.setup.tables import table

GROUPS = {
	"inspectors": states.INSPECTORS,
	"planners": states.PLANNERS,
	"institution": states.INSTITUTION,
	"administration": ("Social Administration Manager",),
	"directorate": ("Directorate Director",),
	"headquarters": ("Central Administration Head", "General Manager", "Inspection Adviser"),
	"closers": ("Central Administration Head", "General Manager"),
	"responders": ("Rapid Intervention Member",),
	"handlers": (
		"Social Administration Manager",
		"Directorate Director",
		"Inspection Adviser",
		"Central Administration Head",
		"General Manager",
	),
	"legal": ("Legal Adviser",),
	"investigators": (*states.INSPECTORS, "Inspection Adviser"),
}
WORKFLOWS = WorkflowTables(table("workflow_states"), table("workflow_transitions"), GROUPS)
