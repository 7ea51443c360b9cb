"""Calls of the service counter: applicants, visits, appointments, the queue and its figures."""

import frappe

from social_care.api.indicators import Card, card
from social_care.services.counter import (
	applicants,
	appointments,
	figures,
	offered,
	offices,
	queue,
	registering,
	steps,
	tickets,
)


@frappe.whitelist()
def counters() -> list[dict]:
	"""Counters that the caller works at or may look at."""
	return offices.mine()


@frappe.whitelist(methods=["POST"])
def find_applicant(office: str, text: str) -> list[dict]:
	"""Earlier applicants; a POST, so that no name or number stands in an address."""
	return applicants.find(office, text)


@frappe.whitelist(methods=["POST"])
def look_at_applicant(office: str, name: str = "", number: str = "", phone: str = "") -> dict:
	"""Whether somebody is known already; a POST, so that no name or number stands in an address."""
	return applicants.look(office, name, number, phone)


@frappe.whitelist()
def services(office: str) -> list[dict]:
	"""Services that the caller may enter at a counter."""
	return offered.services(office)


@frappe.whitelist()
def form(office: str, service: str) -> dict:
	"""What the form of a service asks for."""
	return offered.form(office, service)


@frappe.whitelist(methods=["POST"])
def register(office: str, visit: str | dict) -> dict:
	"""Register a visit with all its requests."""
	return registering.register(office, frappe.parse_json(visit))


@frappe.whitelist(methods=["POST"])
def take_ticket(office: str, group: str = "", priority: int | str = 0, appointment: str = "") -> dict:
	"""A number for whoever came."""
	return tickets.issue(office, group, priority, appointment)


@frappe.whitelist(methods=["POST"])
def call_next(office: str, window: int | str, group: str = "") -> dict | None:
	"""Call the next who waits to a window."""
	return steps.call_next(office, window, group)


@frappe.whitelist(methods=["POST"])
def step(ticket: str, step: str, window: int | str = 0) -> dict:
	"""Take a step with a ticket."""
	return steps.take(ticket, step, window)


@frappe.whitelist()
def board(office: str) -> dict:
	"""The queue of today, for clerks."""
	return queue.board(office)


@frappe.whitelist()
def display(office: str) -> dict:
	"""The queue of today, for the waiting room."""
	return queue.display(office)


@frappe.whitelist()
def free_days(office: str, group: str) -> list[dict]:
	"""Days that may be booked."""
	return appointments.days(office, group)


@frappe.whitelist(methods=["POST"])
def book(office: str, group: str, day: str, name: str, phone: str, remarks: str = "") -> dict:
	"""Book an appointment."""
	return appointments.book(office, group, day, name, phone, remarks)


@frappe.whitelist(methods=["POST"])
def cancel_appointment(name: str) -> None:
	"""Give a booked place back."""
	appointments.cancel(name)


@frappe.whitelist()
def appointments_of_today(office: str) -> list[dict]:
	"""Who is expected today."""
	return appointments.today(office)


@frappe.whitelist()
def waiting_now(filters: str | None = None) -> Card:
	"""People who wait today at the caller's places."""
	return card(figures.count("Waiting"), "Service Ticket", state="Waiting")


@frappe.whitelist()
def waiting_minutes(filters: str | None = None) -> Card:
	"""Mean waiting time of today; opens the report."""
	answer = card(figures.mean_waiting())
	return answer | {"fieldtype": "Float", "route": ["query-report", "Waiting and Service Times"]}


@frappe.whitelist()
def service_minutes(filters: str | None = None) -> Card:
	"""Mean service time of today; opens the report."""
	answer = card(figures.mean_service())
	return answer | {"fieldtype": "Float", "route": ["query-report", "Waiting and Service Times"]}


@frappe.whitelist()
def booked_today(filters: str | None = None) -> Card:
	"""Appointments of today."""
	return card(figures.appointments_today())
