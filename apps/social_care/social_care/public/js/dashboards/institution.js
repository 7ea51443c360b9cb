// An institution: who is here, what the files lack, what is due.

import { bars, part, tiles } from "./parts";

export function institution(box, told) {
	const wanted = told.missing.filter((figure) => figure.value);
	const due = told.due.filter((figure) => figure.value);
	box.innerHTML = [
		tiles(told.headlines),
		'<div class="sc-parts">',
		part(__("Children by Room or Group"), bars(told.groups, __("No child lives here yet."))),
		part(__("Missing in the Files"), bars(wanted, __("Nothing is missing."))),
		part(__("Due"), bars(due, __("Nothing is due."))),
		"</div>",
	].join("");
}
