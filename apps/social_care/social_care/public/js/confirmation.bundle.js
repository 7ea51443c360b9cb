// Confirmation of the data of an institution's children. Loaded by its page only.
import { Screen } from "./confirmation/screen";

frappe.provide("social_care.confirmation");

social_care.confirmation.open = (wrapper) => {
	wrapper.confirmation = new Screen(wrapper);
	wrapper.confirmation.show();
};
