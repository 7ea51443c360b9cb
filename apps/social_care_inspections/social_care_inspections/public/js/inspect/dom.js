/** Sentences of the page, written into it by the server. */
export const texts = JSON.parse(document.body.dataset.texts);

/** A sentence with its numbers and names put in. */
export const say = (key, ...values) =>
	values.reduce((text, value, place) => text.replaceAll(`{${place}}`, value), texts[key] ?? key);

/** An element; attributes that begin with «on» listen. Texts are texts, never markup. */
export function element(name, attributes = {}, ...children) {
	const made = document.createElement(name);
	for (const [key, value] of Object.entries(attributes)) {
		if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
		else if (value !== false && value !== null && value !== undefined)
			made.setAttribute(key, value === true ? "" : value);
	}
	made.append(
		...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false)
	);
	return made;
}

export function button(label, press, attributes = {}) {
	return element("button", { type: "button", onclick: press, ...attributes }, label);
}

/** A labelled control. */
export function field(label, control, help = "") {
	control.id ||= `f-${Math.random().toString(36).slice(2, 9)}`;
	return element(
		"div",
		{ class: "field" },
		element("label", { for: control.id }, label),
		help ? element("p", { class: "help" }, help) : null,
		control
	);
}

/** Show one screen; the reader of a screen reader stands at its beginning. */
export function show(...children) {
	const main = document.getElementById("main");
	main.replaceChildren(...children.flat(Infinity).filter(Boolean));
	scrollTo(0, 0);
	main.focus({ preventScroll: true });
}

let shown = 0;

/** Say something for some seconds, or until something else is said. */
export function tell(message, wrong = false) {
	const box = document.getElementById("told");
	box.textContent = message;
	box.className = wrong ? "wrong" : "";
	box.hidden = false;
	clearTimeout(shown);
	shown = setTimeout(() => (box.hidden = true), wrong ? 9000 : 4000);
}

/** Digits of an Arabic keyboard as the server stores them in short fields. */
export const digits = (text) =>
	String(text)
		.replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660)
		.replace(/[۰-۹]/g, (digit) => digit.charCodeAt(0) - 0x6f0);
