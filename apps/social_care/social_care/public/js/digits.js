// Numbers as the reader wants them: in Latin or Arabic-Indic digits, by his own choice or the system's setting. What is
// shown passes through the framework's formatters, so nothing is looked for in the page afterwards; what is typed is kept
// in ASCII digits, whatever the keyboard.

frappe.provide("social_care.digits");

const EASTERN = "٠١٢٣٤٥٦٧٨٩";
const TYPED = /[٠-٩۰-۹]/g;
const SEPARATORS = /(?<=\d)[٫٬](?=\d)/g;
// a tag, the name of a character, or a word
const PARTS = /<[^>]*>|&#?\w+;|[^\s<&]+|&/g;
const UNCHANGED = [
	"Barcode",
	"Code",
	"Color",
	"Geolocation",
	"HTML",
	"Icon",
	"JSON",
	"Password",
	"Signature",
];
const NUMBERS = [
	"Currency",
	"Data",
	"Date",
	"Datetime",
	"Duration",
	"Float",
	"Int",
	"Percent",
	"Phone",
	"Time",
];

const is_arabic = () => frappe.boot?.social_care?.digits === "arabic";
const written = (word) => (/[A-Za-z]/.test(word) ? word : word.replace(/\d/g, (digit) => EASTERN[digit]));

// A text, or the text between the tags of HTML, in the reader's digits; codes and addresses, which hold Latin letters, stay.
const shown = (text) => {
	if (!is_arabic() || (typeof text !== "string" && typeof text !== "number")) return text;
	return String(text).replace(PARTS, (part) => (/^[<&]/.test(part) ? part : written(part)));
};
const typed = (text) =>
	typeof text === "string"
		? text
				.replace(TYPED, (digit) => digit.charCodeAt(0) & 15)
				.replace(SEPARATORS, (sign) => (sign === "٫" ? "." : ","))
		: text;

Object.assign(social_care.digits, { shown, typed, is_arabic, after, before });

// Let the result of a function pass through another.
function after(owner, name, change) {
	const before = owner[name];
	owner[name] = function (...args) {
		return change.call(this, before.apply(this, args), ...args);
	};
}

// Let the first argument of a function pass through another.
function before(owner, name, change) {
	const inner = owner[name];
	owner[name] = function (first, ...rest) {
		return inner.call(this, change(first), ...rest);
	};
}

// Sentences: numbers that are put into them, and the form of the noun that the number asks for. The forms are texts with
// the number's CLDR category (zero, one, two, few, many, other) as their context.
const translate = frappe._;
let rules;

function category(number) {
	rules ??= new Intl.PluralRules(frappe.boot.lang || "ar");
	return rules.select(Number(String(typed(number)).replace(/,/g, "")));
}

const countable = (value) => typeof value === "number" || /^[\d٠-٩]+(,[\d٠-٩]+)*$/.test(value);

frappe._ = window.__ = function (text, values, context = null) {
	if (!Array.isArray(values)) return own_numbers(text, translate(text, values, context));
	const counted = values.find(countable);
	return translate(text, values.map(put_in), context ?? (counted === undefined ? null : category(counted)));
};

// a sentence that names a number itself
const own_numbers = (text, translated) =>
	translated !== text && /\d/.test(translated) && /[\u0621-\u064a]/.test(translated)
		? shown(translated)
		: translated;

const put_in = (value) => (typeof value === "number" ? shown(value) : value);

// Values
after(frappe, "format", (html, _value, df) => (UNCHANGED.includes(df?.fieldtype) ? html : shown(html)));
after(window, "format_number", shown);
for (const name of ["str_to_user", "obj_to_user", "global_date_format", "get_time"])
	after(frappe.datetime, name, shown);
before(frappe.datetime, "user_to_str", typed);
before(window, "flt", typed);
before(window, "cint", typed);

// Fields
const { ControlData, ControlInt } = frappe.ui.form;
const is_of_numbers = (control) => NUMBERS.includes(control.df.fieldtype);

after(ControlData.prototype, "get_input_value", function (value) {
	return is_of_numbers(this) ? typed(value) : value;
});
after(ControlData.prototype, "format_for_input", function (value) {
	return is_of_numbers(this) ? shown(value) : value;
});
before(ControlInt.prototype, "eval_expression", typed);

// Messages of the server, which counts in Latin digits.
const in_message = (message) => {
	if (typeof message === "string" && message.startsWith("{"))
		return JSON.stringify(in_message(JSON.parse(message)));
	if (Array.isArray(message)) return message.map(in_message);
	if (!message || typeof message !== "object") return shown(message);
	return { ...message, message: in_message(message.message), title: shown(message.title) };
};

before(frappe, "msgprint", in_message);
before(frappe, "throw", in_message);
before(frappe, "show_alert", in_message);

// The reader's own choice, in the menu under his name.
$(document).on("app_ready", () => {
	const other = is_arabic() ? "latin" : "arabic";
	const label = is_arabic()
		? __("Write Numbers in Latin Digits")
		: __("Write Numbers in Arabic-Indic Digits");
	$("<button>", { class: "dropdown-item", type: "button", text: label })
		.on("click", () => choose(other))
		.prependTo("#toolbar-user");
});

async function choose(digits) {
	await frappe.xcall("social_care.api.texts.choose_digits", { digits });
	window.location.reload();
}
