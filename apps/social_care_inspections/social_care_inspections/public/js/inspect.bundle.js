/** The inspectors' page: visits taken along, made without a network, and sent when there is one. */
import { tell, texts } from "./inspect/dom.js";
import { flush, forget, handOver, isHeld, takeUp } from "./inspect/edits.js";
import { askLogIn, enter, leave } from "./inspect/gate.js";
import * as screens from "./inspect/screens.js";
import * as store from "./inspect/store.js";
import { synchronise } from "./inspect/sync.js";
import * as vault from "./inspect/vault.js";

const EVERY = 60_000;
const MINUTE = 60_000;
let locking = 0;
let quietUntil = 0;

const begin = () => enter(go);

async function go() {
	await takeUp();
	await screens.start({ synchronise: () => round(true), leave });
	lockLater();
	await round(false);
}

/** Send and take. What happened is said where somebody asked for it, or has to act. */
async function round(asked) {
	if (!vault.isOpen() || (!asked && !navigator.onLine)) return showLine();
	await flush();
	const state = await synchronise(asked);
	showLine(state);
	if (state === "other") {
		forget();
		tell(texts.erased_other, true);
		return begin();
	}
	if (state === "stranger" && asked) return askLogIn();
	const said = { done: texts.synchronised, offline: texts.no_line, refused: texts.refused_whole };
	if (state === "full") tell(texts.not_kept, true);
	if (asked && said[state]) tell(said[state], state !== "done");
	return screens.refresh();
}

function showLine(told = "") {
	const state = navigator.onLine ? told : "offline";
	const line = document.getElementById("line");
	line.dataset.state = state;
	line.textContent =
		{ offline: texts.line_offline, stranger: texts.line_stranger, done: texts.line_done }[state] ?? "";
}

/** An unused device forgets its key, and asks for the phrase again. */
async function lockLater() {
	clearTimeout(locking);
	const lock = vault.isOpen() ? await vault.lock() : null;
	if (lock?.settings.lock_minutes) locking = setTimeout(lockNow, lock.settings.lock_minutes * MINUTE);
}

async function lockNow() {
	await flush();
	vault.close();
	await begin();
}

function used() {
	if (Date.now() < quietUntil) return;
	quietUntil = Date.now() + 5000;
	lockLater();
}

addEventListener("pointerdown", used);
addEventListener("keydown", used);
addEventListener("online", () => round(false));
addEventListener("offline", () => showLine());
addEventListener("pagehide", handOver);
addEventListener("beforeunload", (event) => isHeld() && event.preventDefault()); // the browser asks before it is lost
addEventListener("unhandledrejection", (event) => {
	if (!store.isFull(event.reason)) return;
	event.preventDefault();
	tell(texts.not_kept, true);
});
addEventListener("pageshow", ({ persisted }) => persisted && location.reload()); // no open key in a page that was left
setInterval(() => document.visibilityState === "visible" && round(false), EVERY);
vault.onOtherWindow(async (news) => {
	if (news === "erased" && vault.isOpen()) {
		forget();
		vault.close();
		return begin();
	}
	if (vault.isOpen()) await takeUp();
	return screens.refresh();
});
navigator.serviceWorker?.register(document.body.dataset.worker, { scope: "/inspect" }).catch(() => null);
showLine();
begin();
