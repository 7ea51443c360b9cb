"""Two records of one human made one: nothing is deleted, everything that named the one names the other, and all of it can be undone.

`links` finds from the schema what names a person or a file, `journal` writes down each cell before and after, `history`
joins the placements, `values` picks the data, `merge` does it and undoes it, `review` shows the two side by side.
"""

import frappe


class MergeError(frappe.ValidationError):
	"""Two records that cannot be made one as they are, or a merge that cannot be undone any more."""
