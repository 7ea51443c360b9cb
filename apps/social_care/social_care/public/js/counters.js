// What the framework counts without a formatter, in the reader's digits (digits.js): pages and rows of lists, shortcuts,
// rows of tables, and the days of calendars, whose libraries bring digits of their own.

const { after, before, shown, typed, is_arabic } = social_care.digits;
const { Calendar, ListView } = frappe.views;

after(ListView.prototype, "setup_paging_area", function () {
	this.$paging_area.find(".btn-paging").each((_, button) => (button.textContent = shown(button.textContent)));
});
after(ListView.prototype, "get_meta_html", shown);

// beside a form
const in_digits = (box) => box?.text(shown(box.text()));
after(frappe.ui.form.Sidebar.prototype, "refresh_like", function () {
	in_digits(this.like_count);
});
after(frappe.ui.form.Sidebar.prototype, "refresh_comments_count", function () {
	in_digits(this.comments.find(".comments-count"));
});

// the calendar of a view
before(Calendar.prototype, "setup_options", (options) => {
	const [kept, language] = [moment.locale(), frappe.boot.lang];
	if (moment.locales().includes(language)) {
		moment.updateLocale(language, { preparse: typed, postformat: shown });
		moment.locale(kept);
	}
	return options;
});
after(Calendar.prototype, "get_system_datetime", typed);

// the calendar of a date
const { Body, Constructor, Navigation } = $.fn.datepicker;
after(Constructor.prototype, "formatDate", shown);
after(Body.prototype, "_getDayHtml", shown);
after(Body.prototype, "_getYearHtml", shown);
after(Navigation.prototype, "_getTitle", shown);

// rows of a table in a form
$(document).on("grid-row-render", (_event, row) => {
	if (row.doc && is_arabic()) row.row_index?.find("span").text(shown(row.doc.idx));
});

// rows of a report: its library makes the column of their numbers
function number_rows() {
	for (const column of this.columns) if (column.id === "_rowIndex") column.format = shown;
}

const counting = (Library) =>
	class extends Library {
		initializeComponents() {
			super.initializeComponents();
			after(this.datamanager, "prepareDefaultColumns", number_rows);
		}
	};
let Table = window.DataTable && counting(window.DataTable);

Object.defineProperty(window, "DataTable", {
	configurable: true,
	get: () => Table,
	set: (Library) => (Table = counting(Library)),
});

// shortcuts of a workspace
after(frappe.widget.widget_factory.shortcut.prototype, "set_count", function () {
	in_digits(this.action_area.find(".indicator-pill"));
});
