"""Calls of the service builder. Each is for whoever may change service packs; the services ask for that first."""

import frappe

from social_care.services.builder import (
	choices,
	comparing,
	drafting,
	preview,
	publication,
	review,
	vocabulary,
)


@frappe.whitelist()
def offered() -> dict:
	"""What the form offers to choose from."""
	return choices.offered()


@frappe.whitelist()
def check(pack: str) -> list[dict]:
	"""Faults of a version with their places."""
	return review.faults(pack)


@frappe.whitelist()
def run_samples(pack: str) -> dict:
	"""Each sample: what it expects and what it gives."""
	return review.run_samples(pack)


@frappe.whitelist()
def plan(pack: str) -> dict:
	"""What publishing would make, change and remove."""
	return review.plan(pack)


@frappe.whitelist()
def show(pack: str) -> dict:
	"""The form as staff and citizens will see it."""
	return preview.preview(pack)


@frappe.whitelist()
def words(pack: str) -> dict:
	"""Facts and functions of conditions."""
	return vocabulary.vocabulary(pack)


@frappe.whitelist()
def compare(pack: str, other: str) -> list[dict]:
	"""What differs between two versions."""
	return comparing.compare(pack, other)


@frappe.whitelist(methods=["POST"])
def publish(pack: str) -> dict:
	"""Begin to publish a version."""
	return publication.begin(pack)


@frappe.whitelist()
def publishing_state(pack: str) -> dict:
	"""How far the publishing of a version is."""
	return publication.state(pack)


@frappe.whitelist(methods=["POST"])
def new_service(code: str, name: str, name_en: str, group: str) -> str:
	"""A new row of the catalogue with a first draft; answers the draft's name."""
	return drafting.new_service(code, name, name_en, group)


@frappe.whitelist(methods=["POST"])
def begin(service: str) -> str:
	"""A new draft of a service of the catalogue."""
	return drafting.begin(service)


@frappe.whitelist(methods=["POST"])
def new_version(pack: str) -> str:
	"""A draft with the same content, one version later."""
	return drafting.new_version(pack)


@frappe.whitelist(methods=["POST"])
def copy(pack: str, service: str) -> str:
	"""A draft of another service with this content."""
	return drafting.copy_to(pack, service)


@frappe.whitelist(methods=["POST"])
def import_pack(definition: str, into: str = "") -> dict:
	"""A pack from a JSON text; answers the draft and its faults."""
	return drafting.import_text(definition, into)


@frappe.whitelist()
def export(pack: str) -> None:
	"""A version as a JSON file."""
	name, text = drafting.exported(pack)
	frappe.response.update({"type": "download", "filename": name, "filecontent": text.encode()})


@frappe.whitelist()
def catalogue() -> dict:
	"""How many services there are, and how many of them are published."""
	return choices.catalogue()
