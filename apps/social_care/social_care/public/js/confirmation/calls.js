// Calls of the screen, and what its parts share.

export const call = (name, values = {}) => frappe.xcall(`social_care.api.confirmation.${name}`, values);
export const escape = (value) => social_care.digits.shown(frappe.utils.escape_html(String(value ?? "")));
// A day or time keeps its order in a line of Arabic.
export const stamp = (value) => `\u2066${frappe.datetime.str_to_user(value)}\u2069`;
export const date = (value) => (value ? escape(stamp(value)) : "—");
export const photograph = (child) =>
	`/api/method/social_care.api.registry.photograph?child=${encodeURIComponent(child)}`;
export const button = (action, label, style = "default", more = "") =>
	`<button type="button" class="btn btn-${style} btn-sm" data-action="${action}" ${more}>${escape(label)}</button>`;
