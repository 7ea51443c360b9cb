// The screens of a service counter: the clerk's, and the one of the waiting room. Loaded by their pages only.
import { Clerk } from "./counter/clerk";
import { Display } from "./counter/display";

frappe.provide("social_care.counter");

social_care.counter.open_counter = (wrapper) => begin(wrapper, new Clerk(wrapper));
social_care.counter.open_display = (wrapper) => begin(wrapper, new Display(wrapper));

function begin(wrapper, screen) {
	wrapper.counter = screen;
	screen.show();
}
