"""The workflows of this app (setup/data/workflow_states.csv, workflow_transitions.csv): written once, taken away with the app."""

from social_care.setup.workflow_tables import WorkflowTables

from social_care_kafala.setup.tables import table

GROUPS = {
	"workers": ("Family and Childhood Specialist", "Social Unit Worker", "Social Administration Manager"),
	"study": ("Family and Childhood Specialist", "Social Administration Manager"),
	"assessors": ("Family and Childhood Specialist", "Social Administration Manager", "Case Manager"),
	"directorate": ("Directorate Director",),
	"committee": ("Committee Secretary",),
	"headquarters": ("General Manager",),
	"matchers": ("Family and Childhood Specialist",),
}
WORKFLOWS = WorkflowTables(table("workflow_states"), table("workflow_transitions"), GROUPS)
