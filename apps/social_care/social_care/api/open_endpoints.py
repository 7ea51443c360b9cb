"""What of this app is open besides the core's table: the value of its hook `social_care_endpoints`."""

# What guests reach besides the core's table: citizens ask for services, follow them and have papers confirmed without an
# account; the description of the interface tells of what is open to everybody; figures that the settings make public.
OPEN = {
	"guest": [
		"social_care.api.prints.verify",
		"social_care.api.texts.desk_symbols",
		"/verify",
		"social_care.api.openapi.document",
		"/api-docs",
		"/services",
		*(f"social_care.api.citizens.{name}" for name in ("offices", "institutions", "apply", "follow")),
		*(f"social_care.api.citizens.{name}" for name in ("look", "step", "rate", "upload")),
		*(f"social_care.api.citizens.{name}" for name in ("counters", "days", "book")),
		"social_care.api.public_figures.figures",
		"/figures",
	]
}
