/** Before any visit is seen: who is logged in, and the phrase of the device. */
import * as contact from "./contact.js";
import { button, element, field, say, show, tell, texts } from "./dom.js";
import { forget } from "./edits.js";
import * as store from "./store.js";
import * as vault from "./vault.js";

/** Ask until the device is open, then go on. */
export async function enter(go) {
	if (!crypto.subtle || !navigator.locks || !navigator.serviceWorker)
		return show(element("p", {}, texts.old_browser));
	const lock = await vault.present();
	return lock ? askPhrase(lock, go) : begin(go);
}

/** A device that holds nothing: it needs a line once. */
async function begin(go) {
	try {
		choosePhrase(await contact.visits(), go);
	} catch (error) {
		if (error instanceof contact.Refusal) return askLogIn();
		show(
			element("p", { class: "note" }, texts.needs_line),
			button(texts.try_again, () => enter(go), { class: "first" })
		);
	}
}

export function askLogIn() {
	const link = element("a", { class: "button first", href: "/login?redirect-to=/inspect" }, texts.log_in);
	show(element("p", { class: "note" }, texts.log_in_first), link);
}

function phraseField(name) {
	const attributes = { type: "password", autocomplete: "off", autocapitalize: "none", name, maxlength: 200 };
	return element("input", attributes);
}

/** What is wrong with a phrase; empty where nothing is. */
function objection(phrase, again, length) {
	if (phrase.trim().length < length) return say("phrase_short", length);
	if (/^[\d٠-٩\s]+$/.test(phrase)) return texts.phrase_digits;
	return phrase === again ? "" : texts.phrase_differs;
}

function choosePhrase(answer, go) {
	const phrase = phraseField("phrase");
	const again = phraseField("again");
	const send = async (event) => {
		event.preventDefault();
		const wrong = objection(phrase.value, again.value, answer.settings.word_length);
		if (wrong) return tell(wrong, true);
		await vault.make(phrase.value, answer.holder, answer.settings);
		await navigator.storage?.persist?.();
		return go();
	};
	const form = element(
		"form",
		{ onsubmit: send },
		element("h1", {}, texts.choose_phrase),
		element("p", {}, say("why_phrase", answer.settings.keep_days)),
		field(texts.phrase, phrase),
		field(texts.phrase_again, again),
		element("button", { class: "first" }, texts.go_on)
	);
	show(form);
}

function askPhrase(lock, go) {
	const phrase = phraseField("phrase");
	const send = async (event) => {
		event.preventDefault();
		tell(texts.wait);
		const left = await vault.unlock(phrase.value);
		phrase.value = "";
		document.getElementById("told").hidden = true;
		if (left < 0) return go();
		if (left === 0) {
			forget();
			tell(texts.erased_wrong, true);
			return enter(go);
		}
		return tell(say("phrase_wrong", left), true);
	};
	const forgotten = async () => {
		if (!confirm(texts.forgotten_sure)) return;
		forget();
		await vault.eraseAll().then(() => enter(go));
	};
	const form = element(
		"form",
		{ onsubmit: send },
		element("h1", {}, texts.unlock),
		field(texts.phrase, phrase),
		element("button", { class: "first" }, texts.open),
		button(texts.forgotten, forgotten)
	);
	show(form);
	phrase.focus();
}

/** Leave: the session ends, and nothing stays. What has not arrived would be lost, so it is said first. */
export async function leave() {
	const waiting = (await store.all("operations")).length;
	if (!confirm(waiting ? say("leave_waiting", waiting) : texts.leave_sure)) return;
	await contact.logOut();
	forget();
	await vault.eraseAll();
	show(
		element("p", { class: "note", id: "left" }, texts.left),
		element("a", { class: "button", href: "/inspect" }, texts.log_in)
	);
}
