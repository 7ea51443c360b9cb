// One child as a row.
import { button, date, escape, photograph, stamp } from "./calls";

export const COLOURS = { Waiting: "orange", Confirmed: "green", "To Correct": "red" };

export function row(child, place, may) {
	const differs = child.differs.length
		? `<p class="sc-differs">${escape(__("Changed since it was last confirmed: {0}", [child.differs.join("، ")]))}</p>`
		: "";
	const since = child.is_changed_since
		? `<p class="sc-since" role="status">${escape(
				__("Changed since you confirmed it: {0}", [child.changed_since.join("، ") || __("a protected field")])
			)}</p>`
		: "";
	return `<li class="sc-child" tabindex="${place ? -1 : 0}" data-child="${escape_code(child.child)}" data-state="${
		child.state
	}" aria-label="${escape(`${child.name}، ${__(child.state)}`)}">
		${picture(child)}
		<div class="sc-who"><b>${escape(child.name)}</b>
			<a href="/app/child/${encodeURIComponent(child.child)}" tabindex="-1"><bdi dir="ltr">${escape_code(
				child.child
			)}</bdi></a> ${child.is_new ? `<span class="indicator-pill blue">${escape(__("New"))}</span>` : ""}</div>
		<dl class="sc-facts">
			${fact(__("Age"), child.age == null ? "—" : escape(child.age))}
			${fact(__("Birth Date"), date(child.birth_date))}
			${fact(__("School"), escape(child.school || "—"))}
			${fact(__("Photograph"), age_of_photo(child))}
			${fact(__("Open Faults"), child.faults ? `<span class="text-danger">${escape(child.faults)}</span>` : escape(0))}
		</dl>
		<div class="sc-told">${differs}${since}${state(child)}</div>
		<div class="sc-do">${may ? choices(child) : ""}</div></li>`;
}

const escape_code = (code) => frappe.utils.escape_html(code);
const fact = (label, value) => `<div><dt>${escape(label)}</dt><dd>${value}</dd></div>`;

function picture(child) {
	if (!child.has_photo)
		return `<span class="sc-photo sc-none" aria-hidden="true">${escape((child.name || "").charAt(0))}</span>`;
	return `<img class="sc-photo" loading="lazy" decoding="async" alt="" width="56" height="72" src="${photograph(
		child.child
	)}">`;
}

function age_of_photo(child) {
	if (!child.has_photo) return `<span class="text-danger">${escape(__("None"))}</span>`;
	if (child.photo_days == null) return "—";
	const text = escape(child.photo_days ? __("{0} days ago", [child.photo_days]) : __("Today"));
	return child.photo_old ? `<span class="text-danger">${text}</span>` : text;
}

function state(child) {
	const by = child.by
		? ` <small class="text-muted">${escape(child.by)} · ${escape(stamp(child.on))}</small>`
		: "";
	return `<span class="indicator-pill ${COLOURS[child.state]}">${escape(__(child.state))}</span>${by}`;
}

function choices(child) {
	const pressed = (wanted) =>
		`aria-pressed="${child.state === wanted && !child.is_changed_since}" tabindex="-1"`;
	return `${button("confirm", __("Confirmed"), "primary", pressed("Confirmed"))}
		${button("correct", __("To Correct"), "default", pressed("To Correct"))}`;
}
