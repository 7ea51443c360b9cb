const COLOURS = {
	Operating: "green",
	"Under Licensing": "blue",
	Suspended: "orange",
	"Under Temporary Committee": "orange",
	Critical: "red",
	Closing: "red",
	Closed: "gray",
	"Converted to Aftercare": "purple",
	Unlicensed: "red",
};

frappe.listview_settings["Institution"] = {
	get_indicator: (doc) => [__(doc.status), COLOURS[doc.status], `status,=,${doc.status}`],
};
