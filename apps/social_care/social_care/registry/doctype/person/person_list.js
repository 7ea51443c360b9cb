frappe.listview_settings["Person"] = { onload: (list) => social_care.add_name_box(list) };
