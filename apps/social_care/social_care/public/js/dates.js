// The calendar of a date field places itself anew once it has opened, and writes the day that is chosen in it into the field
// then. Whoever has typed a date meanwhile would lose it.
const { update_datepicker_position } = frappe.ui.form.ControlDate.prototype;

frappe.ui.form.ControlDate.prototype.update_datepicker_position = function () {
	const input = this.$input[0];
	const { value, selectionStart, selectionEnd } = input;
	update_datepicker_position.call(this);
	if (input.value === value) return;
	input.value = value;
	if (document.activeElement === input) input.setSelectionRange(selectionStart, selectionEnd);
};
