// A portrait is cut to the shape of an identity picture and made small before it leaves the machine: a telephone
// takes pictures of ten megabytes, and the line of an institution is thin. The form shows it, not its address.

const SHAPE = 3 / 4; // wide to high
const LARGEST = { maxWidth: 960, maxHeight: 1280, imageSmoothingQuality: "high" };

frappe.provide("social_care");

social_care.take_portraits = function (frm, fieldname) {
	const label = __(frm.get_docfield(fieldname).label);
	frm.set_df_property(fieldname, "options", {
		dialog_title: label,
		disable_file_browser: true,
		restrictions: { crop_image_aspect_ratio: SHAPE },
	});
};

// The framework leaves the cutting tool of an upload at this name, and offers no other way to it.
let tool = window.cropper;
Object.defineProperty(window, "cropper", {
	configurable: true,
	get: () => tool,
	set(made) {
		tool = made;
		const cut = made?.getCroppedCanvas;
		if (cut) made.getCroppedCanvas = (options) => cut.call(made, { ...LARGEST, ...options });
	},
});

const Picture = frappe.ui.form.ControlAttachImage.prototype;
const { set_input } = Picture;

Picture.set_input = function (value, dataurl) {
	set_input.call(this, value, dataurl);
	const link = this.$value.find(".attached-file-link");
	this.value &&
		link.html($("<img>", { src: link.attr("href"), alt: __(this.df.label), class: "social-care-portrait" }));
};
