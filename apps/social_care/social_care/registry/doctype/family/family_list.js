frappe.listview_settings["Family"] = { onload: (list) => social_care.add_name_box(list) };
