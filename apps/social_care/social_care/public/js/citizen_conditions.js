// Conditions of a form. The server sends them as lists (services/packs/trees.py); `undefined` is «not known yet».
const conditions = (() => {
	const given = (value) => value !== undefined && value !== null && value !== "" && value?.length !== 0;
	const today = () => {
		const now = new Date();
		return [now.getFullYear(), now.getMonth() + 1, now.getDate()]
			.map((part) => String(part).padStart(2, "0"))
			.join("-");
	};
	const parts = (day) => String(day).slice(0, 10).split("-").map(Number);
	const days = (first, last) =>
		Math.round((Date.UTC(...shifted(last)) - Date.UTC(...shifted(first))) / 86_400_000);
	const shifted = (day) => parts(day).map((part, index) => (index === 1 ? part - 1 : part));

	function months(first, last) {
		const [[y1, m1, d1], [y2, m2, d2]] = [parts(first), parts(last)];
		return (y2 - y1) * 12 + m2 - m1 - (d2 < d1 ? 1 : 0);
	}

	const signs = {
		"==": (a, b) => a === b,
		"!=": (a, b) => a !== b,
		"<": (a, b) => a < b,
		"<=": (a, b) => a <= b,
		">": (a, b) => a > b,
		">=": (a, b) => a >= b,
		"+": (a, b) => a + b,
		"-": (a, b) => a - b,
		"*": (a, b) => a * b,
		"/": (a, b) => a / b,
		in: (a, b) => b.includes(a),
		"not in": (a, b) => !b.includes(a),
		not: (a) => !a,
		minus: (a) => -a,
		today,
		date: (day) => String(day).slice(0, 10),
		age: (born) => Math.floor(months(born, today()) / 12),
		years_between: (first, last) => Math.floor(months(first, last) / 12),
		months_between: months,
		days_between: days,
		length: (value) => value.length,
		contains: (text, part) => String(text).includes(String(part)),
		any_in: (values, wanted) => values.some((value) => wanted.includes(value)),
	};

	function evaluate(tree, field) {
		const [kind, ...rest] = tree;
		if (kind === "value") return rest[0];
		if (kind === "field") return given(field(rest[0])) ? field(rest[0]) : undefined;
		if (kind === "given") return given(evaluate(rest[0], field));
		if (kind === "list") return rest.map((part) => evaluate(part, field));
		if (kind === "and" || kind === "or") return both(kind === "or", rest, field);
		const values = rest.map((part) => evaluate(part, field));
		return values.includes(undefined) ? undefined : signs[kind](...values);
	}

	function both(decides, list, field) {
		let unknown = false;
		for (const part of list) {
			const value = evaluate(part, field);
			if (value === undefined) unknown = true;
			else if (Boolean(value) === decides) return decides;
		}
		return unknown ? undefined : !decides;
	}

	return { holds: (tree, field) => Boolean(evaluate(tree, field)), evaluate };
})();
