/** Photographs of a visit: taken, shrunk, stamped, kept under the key until they have arrived. */
import { button, element, field, say, tell, texts } from "./dom.js";
import * as photo from "./photo.js";
import * as queue from "./queue.js";
import * as store from "./store.js";
import * as vault from "./vault.js";

/** What stands on the screen of photographs; `changed` draws it anew. */
export async function photographs(visit, changed) {
	const taken = await Promise.all(visit.of("photograph").map((row) => figure(row, changed)));
	const arrived = visit.state.photographs;
	return [
		arrived ? element("p", { class: "facts" }, say("photographs_arrived", arrived)) : null,
		visit.isEnded ? null : taking(visit, changed),
		...taken,
	];
}

function taking(visit, changed) {
	const caption = element("input", { maxlength: 140, autocomplete: "off", name: "caption" });
	const code = element("select", { name: "code" }, element("option", { value: "" }, texts.no_indicator));
	for (const row of visit.indicators)
		code.append(element("option", { value: row.code }, `${row.code} – ${row.name}`));
	const picker = { type: "file", accept: "image/*", capture: "environment", class: "unseen", id: "picture" };
	const file = element("input", picker);
	file.addEventListener("change", async () => {
		const [picture] = file.files;
		if (!picture) return;
		file.disabled = true;
		tell(texts.wait);
		try {
			await keep(visit, picture, {
				caption: caption.value.trim() || texts.photograph,
				indicator_code: code.value,
			});
			tell(texts.photograph_kept);
		} catch (error) {
			tell(store.isFull(error) ? texts.not_kept : texts.no_picture, true);
		}
		await changed();
	});
	return element(
		"div",
		{ class: "box" },
		field(texts.what_it_shows, caption),
		visit.indicators.length ? field(texts.indicator, code) : null,
		file,
		element("label", { for: "picture", class: "button first" }, texts.take_photograph)
	);
}

async function keep(visit, picture, said) {
	const { settings } = await vault.lock();
	const taken = new Date();
	const place = settings.place ? await photo.place() : "";
	const lines = [`${visit.name}  ${photo.clock(taken)}`, place].filter(Boolean);
	const small = await photo.shrunk(picture, lines, settings.photograph_kb);
	const id = crypto.randomUUID();
	const sealed = await vault.sealBytes("photographs", id, await small.arrayBuffer());
	await store.put("photographs", sealed, id);
	try {
		await queue.add(visit.name, "photograph", { ...said, place, taken_on: taken.toISOString() }, id);
	} catch (error) {
		await store.remove("photographs", id); // a picture that nothing names would lie there for ever
		throw error;
	}
}

async function figure(row, changed) {
	const sealed = await store.get("photographs", row.id);
	const bytes = await vault.openBytes("photographs", row.id, sealed);
	const address = URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
	const image = element("img", {
		src: address,
		alt: row.said.caption,
		onload: () => URL.revokeObjectURL(address),
	});
	const remove = async () => {
		await queue.drops(row);
		await changed();
	};
	const kilobytes = Math.round(bytes.byteLength / 1024);
	return element(
		"figure",
		{},
		image,
		element(
			"figcaption",
			{},
			`${row.said.indicator_code} ${row.said.caption} – ${say("kilobytes", kilobytes)}`
		),
		row.sent ? null : button(texts.remove, remove)
	);
}
