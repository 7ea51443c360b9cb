// The number of rows beside a list is counted no further than it tells anybody something, as later versions of the framework do
// by themselves; who wants to know exactly presses it.

const MOST = 1000;
const List = frappe.views.ListView.prototype;
const { get_count_str, render_count } = List;

List.get_count_str = async function () {
	if (this.count_upper_bound || this.view_name === "Report" || this.counts_all) {
		this.counts_all = false;
		return get_count_str.call(this);
	}
	const filters = this.get_filters_for_args();
	const found = await frappe.xcall("frappe.desk.reportview.get_count", {
		doctype: this.doctype,
		filters,
		fields: [],
		distinct: filters.some(([doctype]) => doctype !== this.doctype),
		limit: MOST + 1,
	});
	const [rows, records] = [this.data.length, this.data.uniqBy((row) => row.name).length];
	this.total_count = found || rows;
	this.count_without_children = records === rows ? undefined : records;
	if (found > MOST) return more_than(records);
	return records === rows
		? __("{0} of {1}", [rows, this.total_count])
		: __("{0} of {1} ({2} rows with children)", [records, this.total_count, rows]);
};

function more_than(records) {
	const told = __("{0} of more than {1}", [records, MOST]);
	return `<button type="button" class="btn-reset sc-count-all" title="${__("Count all")}">${told}</button>`;
}

List.render_count = function () {
	render_count.call(this);
	this.$result.off("click.sc-count").on("click.sc-count", ".sc-count-all", (event) => {
		event.stopPropagation();
		this.counts_all = true;
		render_count.call(this);
	});
};
