// A number field selects its content when it gets the focus. The framework does that a tenth of a second later, to
// whatever has the focus by then, so that quick typists lose what they wrote into the next field.

const Int = frappe.ui.form.ControlInt.prototype;
const { make_input } = Int;

Int.make_input = function () {
	make_input.call(this);
	this.$input.off("focus").on("focus", () => setTimeout(() => select_own(this)));
};

function select_own(control) {
	const [input] = control.$input;
	if (document.activeElement !== input) return;
	input.value = social_care.digits.shown(control.validate(input.value));
	input.select();
}
