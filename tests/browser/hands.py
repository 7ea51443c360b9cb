"""Writing into fields of a form at the desk, each time until the form holds what was written."""

from frappe.utils import getdate

from tests.browser.desk import PATIENCE, Desk

HOLDS = """([name, value]) => {
	const held = cur_frm.doc[name];
	return held == value || parseFloat(held) === parseFloat(value);
}"""


def put(desk: Desk, **values: str | int) -> None:
	"""Choose or write the value of each field of the open tab; a day as people write it."""
	for name, value in values.items():
		if desk.control(name).locator("select").count():
			desk.control(name).locator("select").first.select_option(str(value))
		else:
			write(desk, name, shown(desk, name, value))
		desk.page.wait_for_function(HOLDS, arg=[name, value], timeout=PATIENCE)


def write(desk: Desk, name: str, text: str) -> None:
	"""Write into an input and leave it."""
	field = desk.control(name).locator("input, textarea").first
	field.fill(text)
	field.blur()


def shown(desk: Desk, name: str, value: str | int) -> str:
	"""A stored value as it is written on the form."""
	kind = desk.page.evaluate("name => cur_frm.fields_dict[name].df.fieldtype", name)
	return written(value) if kind == "Date" else str(value)


def written(day: str) -> str:
	"""A day as people write it."""
	return getdate(day).strftime("%d-%m-%Y")


def in_cell(desk: Desk, table: str, row: int, column: str, value: str | int, text: str = "") -> None:
	"""Write into one cell of a table, which a click opens; `text`: the value as it is written on the form."""
	cell = desk.control(table).locator(f'.grid-row[data-idx="{row + 1}"] [data-fieldname="{column}"]').first
	desk.click(cell)
	field = cell.locator("select, input").first
	if field.evaluate("node => node.tagName") == "SELECT":
		field.select_option(str(value))
	else:
		field.fill(text or str(value))
		field.blur()
	desk.page.wait_for_function(
		"([table, row, column, value]) => cur_frm.doc[table][row][column] == value",
		arg=[table, row, column, value],
		timeout=PATIENCE,
	)
