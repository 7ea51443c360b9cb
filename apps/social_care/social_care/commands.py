"""Commands of this app for `bench --site SITE …`."""

import sys
from datetime import date
from pathlib import Path

import click
import frappe
from frappe.commands import get_site, pass_context

DEMONSTRATION = """  ⚠  تجربة: بيانات خيالية وكلمات مرور معلنة. لا تُفتح هذه المنظومة على عنوان عام، ولا تُدخل فيها بيانات أشخاص حقيقيين.
     Demonstration: fictional data, published passwords. Never on a public address, never with real people."""
SETTINGS = Path("fixtures") / "demo_nation.json"


@click.group("social-care-demo")
def social_care_demo() -> None:
	"""A fictional nation to show, to learn and to measure with."""


@social_care_demo.command("load")
@click.option("--children", type=int, help="How many children.")
@click.option("--institutions", type=int, help="How many institutions.")
@click.option("--seed", type=int, help="Another seed makes another nation.")
@click.option(
	"--settings",
	"file",
	type=click.Path(exists=True, dir_okay=False, path_type=Path),
	help="Settings file (JSON).",
)
@pass_context
def load_command(
	context, children: int | None, institutions: int | None, seed: int | None, file: Path | None
) -> None:
	"""Load the nation; run again after an interruption, it goes on."""
	from social_care.demo.loader.load import load
	from social_care.demo.loader.marks import OtherNation
	from social_care.demo.loader.progress import Progress

	with connected(context):
		wanted = nation_settings(file).changed(children=children, institutions=institutions, seed=seed)
		try:
			load(wanted, Progress())
		except OtherNation as refusal:
			raise click.ClickException(str(refusal)) from None


@social_care_demo.command("wipe")
@pass_context
def wipe_command(context) -> None:
	"""Remove the nation, and all that demonstration users entered."""
	from social_care.demo.loader.wipe import wipe

	with connected(context):
		click.echo(f"{wipe():,} rows removed")


@social_care_demo.command("census")
@pass_context
def census_command(context) -> None:
	"""Count what is there; expected against found. Fails where they differ."""
	from social_care.demo.census.report import as_text, census

	with connected(context):
		lines = census()
		click.echo(as_text(lines))
	sys.exit(0 if all(line.ok for line in lines) else 1)


@social_care_demo.command("users")
@click.option("--all", "everybody", is_flag=True, help="Every user, not one for each role.")
@pass_context
def users_command(context, everybody: bool) -> None:
	"""Print the demonstration users with role and place, and their password."""
	from social_care.demo.loader import marks
	from social_care.demo.loader.people import address_book

	with connected(context):
		found = marks.loaded()
		if not found or not found.complete:
			raise click.ClickException("There is no complete demonstration nation in this site.")
		rows = address_book(everybody)
		width = max(len(user) for user, _, _ in rows)
		for user, role, place in rows:
			click.echo(f"{user:<{width}}  {role}، {place}")
		click.echo(f"Password of all of them: {marks.password()}")
		click.secho(f"\n{DEMONSTRATION}", fg="yellow", bold=True)


@click.group("social-care-security")
def social_care_security() -> None:
	"""What protects the children's files on this bench."""


@social_care_security.command("check")
@click.option("--language", default="ar", help="Language of the answer, for example en. Default: ar")
@pass_context
def check_command(context, language: str) -> None:
	"""Try what the framework has to keep for us. Fails where a promise that matters is not kept."""
	from social_care import framework_promises

	with connected(context):
		frappe.local.lang = language
		answers = framework_promises.check()
		click.echo(framework_promises.as_text(answers))
	sys.exit(1 if framework_promises.broken(answers) else 0)


@click.group("social-care")
def social_care() -> None:
	"""Registry of children in care."""


@social_care.command("verify-read-log")
@click.option("--language", default="ar", help="Language of the answer, for example en. Default: ar")
@pass_context
def verify_read_log_command(context, language: str) -> None:
	"""Compare the Read Log with its chains and seals. Names each row that is changed, missing or foreign, and fails then."""
	from social_care.reading import telling, verify

	with connected(context):
		frappe.local.lang = language
		answer = verify.verify()
		click.echo(telling.as_text(answer))
	sys.exit(1 if answer.findings else 0)


@click.command("compile-packs")
@click.argument("codes", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All packs of the installed apps.")
@click.option("--plan", "dry", is_flag=True, help="Show the steps and take none.")
@pass_context
def compile_packs_command(context, codes: tuple[str, ...], everything: bool, dry: bool) -> None:
	"""Publish the service packs of the installed apps: CODES, or --all. Run again, it changes nothing."""
	from social_care.services.compiler.from_files import compile_packs
	from social_care.services.packs.definition import PackError

	if not codes and not everything:
		raise click.UsageError("Name services, or --all.")
	with connected(context):
		try:
			outcome = compile_packs(list(codes) or None, dry=dry, say=click.echo)
		except PackError as error:
			raise click.ClickException(str(error)) from None
		click.echo(f"{outcome.published} services published, {outcome.changes} changes")


@click.command("new-care-app")
@click.argument("name")
@click.option(
	"--code", default="", help="Code of its first service, for example CLB-01; made from the name otherwise."
)
@click.option(
	"--folder",
	type=click.Path(file_okay=False, path_type=Path),
	help="Where the app is written; the apps of the bench otherwise, and then the bench knows it at once.",
)
def new_care_app_command(name: str, code: str, folder: Path | None) -> None:
	"""Make an app that ships service packs, a report, texts and tests."""
	from social_care import new_app

	bench = Path(frappe.utils.get_bench_path())
	code = code or f"{''.join(part[0] for part in name.split('_'))}XX"[:3].upper() + "-01"
	try:
		files = new_app.make(name, folder or bench / "apps", code)
	except new_app.NewAppError as refusal:
		raise click.ClickException(str(refusal)) from None
	if not folder:
		new_app.register(name, bench)
	click.echo(f"{len(files)} files below {(folder or bench / 'apps') / name}")
	click.echo(f"bench --site SITE install-app {name}; bench --site SITE compile-packs {code}")


@click.command("export-app-rows")
@click.argument("app")
@pass_context
def export_app_rows_command(context, app: str) -> None:
	"""Write the rows, history and files of an app's modules to private archives of the site, as its removal does."""
	from social_care.setup.taking_out import take_out

	with connected(context):
		modules = frappe.get_all("Module Def", filters={"app_name": app}, pluck="name", order_by="name")
		if not modules:
			raise click.UsageError(f"{app} is not installed on this site.")
		for module in modules:
			click.echo(take_out(app, module))


def nation_settings(file: Path | None):
	"""Settings from `file`, from the bench's fixtures/demo_nation.json, or the built-in ones."""
	from social_care.demo.generator import NationSettings

	standard = Path(frappe.utils.get_bench_path()) / SETTINGS
	path = file or (standard if standard.exists() else None)
	return NationSettings.from_file(path, date.today()) if path else NationSettings(date.today())


class connected:
	"""A site's connection for the length of a command."""

	def __init__(self, context) -> None:
		self.site = get_site(context)

	def __enter__(self) -> None:
		frappe.init(site=self.site)
		frappe.connect()

	def __exit__(self, *_exc) -> None:
		frappe.destroy()


commands = [
	social_care_demo,
	social_care_security,
	social_care,
	compile_packs_command,
	new_care_app_command,
	export_app_rows_command,
]
