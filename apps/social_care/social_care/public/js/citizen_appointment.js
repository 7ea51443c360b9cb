// Booking a day at a counter: the governorate gives the offices, office and group give the days that have a place left.
(() => {
	const { texts, element, call, new_key } = citizen;
	const form = document.getElementById("booking");
	const { governorate, office, group, day, name, phone } = form.elements;
	const said = form.querySelector(".wrong");
	const key = new_key();

	function say(sentence) {
		said.textContent = sentence;
		said.hidden = !sentence;
	}

	function offer(list, rows, empty) {
		const first = element("option", { value: "" }, rows.length ? "" : empty);
		list.replaceChildren(first, ...rows.map(([value, title]) => element("option", { value }, title)));
		list.disabled = !rows.length;
	}

	async function asked(work) {
		say("");
		try {
			await work();
		} catch (error) {
			say(error.message);
		}
	}

	const offices = () =>
		asked(async () => {
			offer(day, [], "");
			const rows = governorate.value ? await call("counters", { governorate: governorate.value }) : [];
			offer(office, rows, governorate.value ? texts.no_counter : "");
		});

	const days = () =>
		asked(async () => {
			const whole = office.value && group.value;
			const rows = whole ? await call("days", { office: office.value, group: group.value }) : [];
			const titles = rows.map((row) => [row.day, `${row.title} · ${texts.left.replace("{0}", row.free)}`]);
			offer(day, titles, whole ? texts.no_day : "");
		});

	function booked(answer) {
		form.hidden = true;
		const box = document.getElementById("booked");
		const facts = [
			[texts.office, answer.office],
			[texts.day, answer.day],
			[texts.group, answer.group],
		];
		box.replaceChildren(
			element("h2", {}, texts.booked),
			element("dl", {}, ...citizen.facts(facts)),
			element("p", { class: "note" }, texts.bring)
		);
		box.focus();
	}

	governorate.addEventListener("change", offices);
	office.addEventListener("change", days);
	group.addEventListener("change", days);
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		const fields = [governorate, office, group, day, name, phone];
		const empty = fields.find((field) => !field.value.trim());
		if (empty) {
			say(texts.wrong);
			return empty.focus();
		}
		const button = form.querySelector("button");
		if (button.disabled) return;
		button.disabled = true;
		const values = {
			office: office.value,
			group: group.value,
			day: day.value,
			name: name.value,
			phone: phone.value,
			page_key: key,
		};
		asked(async () => {
			const answer = await call("book", values);
			if (!answer.error) return booked(answer);
			await days();
			say(answer.error);
		}).finally(() => {
			button.disabled = false;
		});
	});
})();
