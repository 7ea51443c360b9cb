"""Templates, conditions and scripts of users: what they can reach (S-37 to S-41, S-95)."""

import json
from pathlib import Path
from unittest.mock import patch

import frappe
import pytest
from frappe.utils import safe_exec
from frappe.utils.jinja import get_jenv
from frappe.www.printview import get_rendered_template
from isolation.browser import URL
from jinja2.exceptions import SecurityError
from social_care.hardening.settings import unsafe_settings, warn_of_unsafe_settings

from security.administrators import system_manager

FRAMES = (
	"{{ (x for x in [1]).gi_frame }}",
	"{% set g = [1]|map('upper') %}{{ g.gi_frame.f_globals }}",
	"{{ '{0.__class__}'.format_map({}) }}",
	"{{ f.f_globals }}",
	"{{ f.f_back.f_builtins }}",
	"{{ t.tb_frame }}",
	"{{ t.tb_next }}",
	"{{ c.co_code }}",
	"{{ m.environ }}",
	"{{ frappe.get_url.__globals__ }}",
)


def reachable() -> dict:
	"""A frame, a traceback, a code object and a module, as a careless context might hand them out."""
	import os
	import sys

	try:
		raise ValueError
	except ValueError as error:
		trace = error.__traceback__
	return {"f": sys._getframe(), "t": trace, "c": reachable.__code__, "m": os}


@pytest.mark.parametrize("template", FRAMES[1:])
def test_a_template_reaches_no_frame(template: str) -> None:
	with pytest.raises(SecurityError):
		get_jenv().from_string(template).render(reachable())


@pytest.mark.parametrize("template", FRAMES)
def test_nor_does_a_stored_one(template: str) -> None:
	with pytest.raises(
		Exception, match=r"unsafe|Illegal template|Jinja Template Error|expected token|TemplateSyntaxError"
	):
		frappe.render_template(template, reachable())


@pytest.mark.parametrize(
	"code",
	[
		"().__class__.__bases__",
		"doc.__init__",
		"(x := 1)",
		"'{0.x}'.format(doc)",
		"'{x}'.format_map(doc)",
		"(x for x in [1]).gi_frame",
		"[f for f in [doc.run]][0].func_globals",
		"doc['_secret']",
		"module.environ",
		"__import__('os')",
		"open('/etc/passwd')",
		"lambda: 1 .__class__",
	],
)
def test_a_condition_does_no_more_than_compare(code: str) -> None:
	import os

	with pytest.raises((SyntaxError, NotImplementedError, NameError, frappe.ValidationError)):
		frappe.safe_eval(code, None, {"doc": frappe._dict(run=len, _secret=1), "module": os})


@pytest.mark.parametrize(
	("code", "value"),
	[
		("doc.amount > 5 and doc.kind == 'x'", True),
		("doc.get('missing') or [r.n for r in doc.rows]", [1, 2]),
		("int(doc.amount) + round(1.4)", 8),
		("doc['kind'] in ('x', 'y')", True),
		("frappe.session.user == 'a'", True),
		("'ﬁ' == 'fi'", True),
		("_('x')", "x"),
	],
)
def test_conditions_go_on_as_before(code: str, value) -> None:
	names = {"frappe": frappe._dict(session=frappe._dict(user="a")), "_": lambda text: text}
	doc = frappe._dict(amount=7, kind="x", rows=[frappe._dict(n=1), frappe._dict(n=2)])
	assert frappe.safe_eval(code, names, {"doc": doc}) == value


@pytest.mark.parametrize(
	"target",
	[str, safe_exec, safe_exec.get_hooks, frappe.get_doc, frappe._dict, len, "".join, type("C", (), {})],
)
def test_a_script_writes_to_nothing_that_others_share(target) -> None:
	with pytest.raises(SyntaxError):
		safe_exec._write(target)


def test_a_script_writes_to_its_own_values() -> None:
	row = frappe._dict(a=1)
	assert safe_exec._write(row) is row
	assert safe_exec._write([1]) == [1]


def test_the_mark_of_the_sandbox_outlives_a_nested_script_that_fails() -> None:
	assert not frappe.flags.in_safe_exec
	with safe_exec.safe_exec_flags():
		with pytest.raises(ZeroDivisionError), safe_exec.safe_exec_flags():
			_ = 1 / 0
		assert frappe.flags.in_safe_exec
		with safe_exec.safe_exec_flags():
			pass
		assert frappe.flags.in_safe_exec
		todo = frappe.qb.DocType("ToDo")
		with pytest.raises(frappe.PermissionError):
			safe_exec.read_sql(str(frappe.qb.update(todo).set(todo.status, "Closed")))
	assert not frappe.flags.in_safe_exec


def test_scripts_are_off_and_no_site_switches_them_on() -> None:
	for conf in ({}, {"server_script_enabled": 1}):
		with patch.object(frappe.local, "conf", frappe._dict(frappe.conf) | conf):
			frappe.local.conf.pop("server_script_enabled" if not conf else "", None)
			with pytest.raises(safe_exec.ServerScriptNotEnabled):
				safe_exec.safe_exec("x = 1")


@pytest.mark.parametrize(
	"query",
	[
		"select 1 into outfile '/tmp/x'",
		"SELECT * FROM tabUser INTO/**/DUMPFILE '/tmp/x'",
		"select load_file('/etc/passwd')",
		"with a as (select 1) select * from a into /*! outfile */ '/tmp/x'",
		"update tabUser set enabled = 1",
	],
)
def test_a_query_of_a_script_only_reads_tables(query: str) -> None:
	with pytest.raises(frappe.PermissionError):
		safe_exec.check_safe_sql_query(query)
	assert safe_exec.check_safe_sql_query("select name from tabUser")


def test_the_database_user_may_not_touch_files() -> None:
	grants = " ".join(row[0] for row in frappe.db.sql("show grants"))
	assert "FILE" not in grants.split(" ON ", maxsplit=1)[0].split()
	assert "ALL PRIVILEGES ON *.*" not in grants


READS = (
	"{{ frappe.db.get_value('User', 'Administrator', 'email') }}",
	"{{ frappe.get_doc('User', 'Administrator').email }}",
	"{{ frappe.get_all('User') }}",
	"{{ frappe.get_list('User') }}",
	"{{ frappe.call('frappe.client.get_list', doctype='User') }}",
	"{{ frappe.qb.from_('User') }}",
	"{{ frappe.make_get_request('http://127.0.0.1/') }}",
	"{{ frappe.utils.pdf_to_base64('x.pdf') }}",
	"{{ frappe.session.csrf_token }}{{ frappe.session.csrf_token() }}",
	"{{ FrappeClient('x') }}",
	"{{ run_script('x') }}",
	"{{ doc.db_set('description', 'changed') }}",
	"{{ doc.delete() }}",
	"{{ doc.set('name', 'Administrator') }}",
	"{{ doc.reload() }}",
	"{{ doc.get_db_value('name') }}",
)


@pytest.mark.parametrize("template", READS)
def test_a_stored_template_reads_and_changes_nothing_else(template: str) -> None:
	todo = frappe.get_doc({"doctype": "ToDo", "description": "mine"}).insert()
	try:
		with pytest.raises(Exception, match=r"(?i)no attribute|unsafe|undefined|not safely callable"):
			frappe.render_template(template, {"doc": todo})
		assert frappe.db.get_value("ToDo", todo.name, "description") == "mine"
	finally:
		frappe.db.rollback()


def test_a_stored_template_shows_what_it_is_given() -> None:
	todo = frappe.get_doc({"doctype": "ToDo", "description": "<b>mine</b>", "date": "2026-01-02"})
	template = (
		"{{ doc.description }} {{ doc.get_formatted('date') }} {{ frappe.utils.add_days('2026-01-02', 1) }}"
		" {{ _('ToDo') }} {{ '{0}!'.format(doc.status) }} {{ doc.as_dict().description }} {{ frappe.format(1.5) }}"
	)
	text = frappe.render_template(template, {"doc": todo})
	assert text.startswith("<b>mine</b> ")
	assert "2026-01-03" in text
	assert "!" in text


def test_templates_of_apps_are_as_before() -> None:
	assert frappe.render_template("{{ frappe.db.exists('DocType', 'User') }}", from_app=True) == "User"


def test_an_own_print_format_reads_nothing_else() -> None:
	todo = frappe.get_doc({"doctype": "ToDo", "description": "mine"}).insert()
	values = {"doc_type": "ToDo", "custom_format": 1, "standard": "No", "print_format_type": "Jinja"}
	own = frappe.get_doc({"doctype": "Print Format", "name": "Own", "html": READS[0], **values})
	try:
		with pytest.raises(Exception, match="no attribute"):
			get_rendered_template(todo, print_format=own)
	finally:
		frappe.db.rollback()


def test_a_mail_template_of_a_system_manager_reads_no_table() -> None:
	manager, name = system_manager(), f"Mail {frappe.generate_hash(length=8)}"
	secret = frappe.db.get_value("User", "Guest", "creation")
	template = {
		"name": name,
		"subject": "x",
		"response": "{{ frappe.db.get_value('User', 'Guest', 'creation') }}",
	}
	assert manager.post("/api/resource/Email Template", template).status_code == 200
	try:
		answer = manager.call(
			"frappe.email.doctype.email_template.email_template.get_email_template",
			template_name=name,
			doc=json.dumps({"doctype": "ToDo"}),
		)
		assert answer.status_code != 200
		assert str(secret)[:19] not in answer.text
	finally:
		frappe.db.rollback()
		frappe.delete_doc("Email Template", name, force=True)
		frappe.db.commit()


def test_staff_edit_no_templates(reader) -> None:
	for doctype in ("Email Template", "Print Format", "Notification", "Letter Head", "Web Page", "Workflow"):
		name = f"Staff {frappe.generate_hash(length=8)}"
		assert reader.post(f"/api/resource/{doctype}", {"name": name}).status_code == 403, doctype


@pytest.mark.parametrize("key", ["server_script_enabled", "developer_mode"])
def test_unsafe_settings_are_found_unless_the_site_is_a_developers(key: str, capsys) -> None:
	with patch.dict(frappe.local.conf, {key: 1}):
		assert unsafe_settings() == [key]
		warn_of_unsafe_settings()
		assert key in capsys.readouterr().out
		with patch.dict(frappe.local.conf, {"social_care_development": 1}):
			assert unsafe_settings() == []
	assert unsafe_settings() == []


def test_the_site_answers_nobody_elsewhere_with_one(guest) -> None:
	elsewhere = {"headers": {"X-Forwarded-For": "203.0.113.9"}}
	address = f"{URL}/api/method/ping"
	file = Path(frappe.get_site_path("site_config.json"))
	kept = file.read_text()
	try:
		file.write_text(json.dumps(json.loads(kept) | {"developer_mode": 1}))
		answer = guest.session.get(address, **elsewhere)
		assert answer.status_code == 503
		assert "developer_mode" in answer.text
		assert guest.session.get(address).status_code == 200
	finally:
		file.write_text(kept)
	assert guest.session.get(address, **elsewhere).status_code == 200
