/** A pad to sign on with a finger, a pen or a mouse. */
import { button, element, tell, texts } from "./dom.js";
import * as edits from "./edits.js";

/** @param {(drawn: string) => void} keep gets a PNG as a data address */
function pad(label, keep) {
	const canvas = element("canvas", {
		class: "pad",
		width: 640,
		height: 260,
		role: "img",
		"aria-label": label,
	});
	const sheet = canvas.getContext("2d");
	let drawing = false;
	let touched = false;
	const clear = () => {
		sheet.fillStyle = "#fff";
		sheet.fillRect(0, 0, canvas.width, canvas.height);
		touched = false;
	};
	const at = (event) => {
		const box = canvas.getBoundingClientRect();
		const across = ((event.clientX - box.left) * canvas.width) / box.width;
		return [across, ((event.clientY - box.top) * canvas.height) / box.height];
	};
	canvas.addEventListener("pointerdown", (event) => {
		drawing = true;
		canvas.setPointerCapture(event.pointerId);
		sheet.lineWidth = 4;
		sheet.lineCap = "round";
		sheet.strokeStyle = "#1b1b1b";
		sheet.beginPath();
		sheet.moveTo(...at(event));
	});
	canvas.addEventListener("pointermove", (event) => {
		if (!drawing) return;
		touched = true;
		sheet.lineTo(...at(event));
		sheet.stroke();
	});
	for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (drawing = false));
	clear();
	const save = () => touched && keep(canvas.toDataURL("image/png"));
	return element(
		"div",
		{ class: "signing" },
		canvas,
		element(
			"div",
			{ class: "row" },
			button(texts.keep_signature, save, { class: "first" }),
			button(texts.clear_signature, clear)
		)
	);
}

/** A signature of the visit: what was drawn, or the pad; `changed` draws the screen anew. */
export function signature(visit, target, changed) {
	const label = texts[target];
	const part = element("div", { "data-signature": target }, element("h2", {}, label));
	const drawn = visit.value(target);
	const keep = async (picture) => {
		if (await edits.set(visit, target, picture)) tell(texts.signature_kept);
		await changed();
	};
	if (!drawn) part.append(visit.isEnded ? "" : pad(label, keep));
	else {
		const isHere = drawn.startsWith("data:"); // of one that has arrived only a digest is here
		const shown = isHere ? element("img", { src: drawn, alt: label }) : element("p", {}, texts.signed);
		const again = () => part.replaceChildren(element("h2", {}, label), pad(label, keep));
		part.append(shown, visit.isEnded ? "" : button(texts.sign_again, again));
	}
	return part;
}
