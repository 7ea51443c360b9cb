// Runs before the desk's own scripts: what the desk fetches later and runs (reports, pages, libraries) bears the
// page's number. Without the number the browser runs nothing that stands in a page.

const { nonce } = document.currentScript;

function run(text) {
	if (!text) return;
	const script = document.createElement("script");
	script.nonce = nonce;
	script.textContent = text;
	document.head.append(script);
	script.remove();
}

let dom;

Object.defineProperty(frappe, "dom", {
	configurable: true,
	enumerable: true,
	get: () => dom,
	set: (value) => (dom = Object.assign(value, { eval: run })),
});
