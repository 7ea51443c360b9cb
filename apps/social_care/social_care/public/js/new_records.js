// Whoever may make a record fills its form: the framework opens a new one only to those who may also change it later. What is
// stored stays as it answers, and the server asks for the right to make it.

const { get_perm } = frappe.perm;

frappe.perm.get_perm = function (doctype, doc) {
	const levels = get_perm(doctype, doc);
	const [base] = levels;
	if (!doc?.__islocal || !base?.create || base.write) return levels;
	return Object.assign([], levels, [{ ...base, write: 1 }]);
};
