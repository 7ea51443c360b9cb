"""Institutions, the associations that run them and their buildings."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from social_care.demo.generator import user_names
from social_care.demo.generator.chance import choose, stream
from social_care.demo.generator.data_files import bundled
from social_care.demo.generator.layout import Site
from social_care.demo.generator.places import governorates, point_near
from social_care.demo.generator.plan import Plan
from social_care.demo.generator.records import DOMAIN, UNITS_FOUNDED, record, table_row
from social_care.demo.generator.settings import NationSettings
from social_care.demo.generator.units import administrations, directorate
from social_care.registry.arabic import normalise
from social_care.setup.tables import table

CARE_TYPES = {row["type_code"]: row["care_type"] for row in table("institution_types")}
TITLES = {
	"CI-01": {
		"Any": "دار {} لرعاية الأبناء والبنات",
		"Male": "دار {} لرعاية الأبناء",
		"Female": "دار {} لرعاية البنات",
	},
	"CI-02": {"Any": "حضانة {} الإيوائية"},
	"CI-03": {"Any": "مركز {} للكفالة"},
	"CI-04": {"Any": "بيت {} الصغير", "Male": "بيت {} الصغير للأبناء", "Female": "بيت {} الصغير للبنات"},
	"CI-05": {"Any": "قرية {} للأطفال"},
	"CI-06": {"Male": "دار {} للرعاية اللاحقة للأبناء", "Female": "دار {} للرعاية اللاحقة للبنات"},
	"CI-07": {"Male": "مؤسسة {} لرعاية الأطفال بلا مأوى", "Female": "مؤسسة {} لرعاية البنات بلا مأوى"},
}
STATES = (("Operating", 92), ("Under Temporary Committee", 3), ("Critical", 3), ("Unlicensed", 2))
STATE_REASONS = {
	"Critical": "ملاحظات متكررة في تقارير الزيارات",
	"Under Temporary Committee": "قرار حل مجلس الإدارة",
}
SHARED_ASSOCIATION = 5


def institution_name(settings: NationSettings, site: Site) -> str:
	"""A fictional name with the district."""
	return (
		TITLES[site.kind.code][site.sex].format(fancy_name(settings, "institution", site.index))
		+ f" – {district(site)}"
	)


def fancy_name(settings: NationSettings, *key: object) -> str:
	"""Two words of nature, as «ندى الوادي»."""
	words = bundled("words")
	rng = stream(settings.seed, "fancy", *key)
	return f"{rng.choice(words['nouns'])} {rng.choice(words['places'])}"


def district(site: Site) -> str:
	"""Name of the district of the institution's social administration."""
	return governorates()[site.governorate].districts[administrations(site.governorate).index(site.unit)]


def association_of(settings: NationSettings, site: Site) -> str:
	"""Name of the association's record that runs an institution: every fifth one runs its neighbour too."""
	index = site.index - 1 if site.index % SHARED_ASSOCIATION == SHARED_ASSOCIATION - 1 else site.index
	return f"NGO-{settings.first_number('NGO-') + index - index // SHARED_ASSOCIATION:05}"


class InstitutionMaker:
	"""Rows of one institution after another."""

	def __init__(self, plan: Plan) -> None:
		self.plan = plan
		self.settings = plan.settings
		self.last_association = ""

	def rows(self, site: Site) -> Iterator[tuple[str, dict]]:
		"""(DocType, row) of the association, the institution, its staff numbers and its building."""
		rng = stream(self.settings.seed, "institution", site.index)
		association = self.association(site, rng)
		if association["name"] != self.last_association:
			self.last_association = association["name"]
			yield "Association", association
		institution = self.institution(site, association, rng)
		yield "Institution", institution
		yield from self.staff_counts(institution, site, rng)
		yield "Building", self.building(site, institution, rng)

	def association(self, site: Site, rng: Random) -> dict:
		"""The operator; its directorate keeps it."""
		name = association_of(self.settings, site)
		number = int(name[4:])
		return record(
			name,
			UNITS_FOUNDED,
			naming_series="NGO-.#####",
			association_name=f"جمعية {fancy_name(self.settings, 'association', number)} لتنمية المجتمع رقم {number}",
			registration_number=f"{1000 + number}/{rng.randrange(1985, 2020)}",
			registration_date=f"{rng.randrange(1985, 2020)}-01-15",
			status=rng.choice(("Regularised", "Regularised", "Regularised", "Regularising")),
			governorate=site.governorate,
			org_unit=directorate(site.governorate),
			phone=f"+20 000 100 {number:04}",
			email=f"{name.lower()}@{DOMAIN}",
			address=f"{district(site)}، {governorates()[site.governorate].name}",
		)

	def institution(self, site: Site, association: dict, rng: Random) -> dict:
		"""The institution with its licence, places and equipment."""
		state = choose(rng, STATES) if site.index else "Operating"
		latitude, longitude = point_near(site.governorate, rng)
		computers = rng.randrange(1, 6)
		return record(
			site.code,
			UNITS_FOUNDED,
			institution_code=site.code,
			institution_name=institution_name(self.settings, site),
			search_name=normalise(institution_name(self.settings, site)),
			institution_name_en=f"Demonstration Institution {site.index + 1}",
			institution_type=site.kind.code,
			care_type=CARE_TYPES[site.kind.code],
			status=state,
			status_reason=STATE_REASONS.get(state, ""),
			status_date=self.settings.as_of - timedelta(days=rng.randrange(30, 700)),
			org_unit=site.unit,
			governorate=site.governorate,
			address=f"شارع {rng.randrange(1, 60)}، {district(site)}، {governorates()[site.governorate].name}",
			map_latitude=latitude,
			map_longitude=longitude,
			association=association["name"],
			association_registration_number=association["registration_number"],
			**self.licence(site, state, rng),
			licensed_capacity=self.capacity(site, rng),
			sex=site.sex,
			age_from=site.kind.age_from,
			age_to=site.kind.age_to,
			computers=computers,
			working_computers=rng.randrange(computers + 1),
			has_internet=int(rng.random() < 0.8),
			has_printer=int(rng.random() < 0.7),
			director_name=fancy_director(self.settings, site),
			phone=f"+20 000 200 {site.index + 1:04}",
			email=f"{site.code.lower()}@{DOMAIN}",
			bank_name="بنك ناصر الاجتماعي",
			bank_account=f"000{rng.randrange(10**9, 10**10)}",
		)

	def licence(self, site: Site, state: str, rng: Random) -> dict:
		"""Licence of an institution that has one, valid today."""
		if state == "Unlicensed":
			return {
				"licence_number": "",
				"licence_date": None,
				"licence_expiry": None,
				"licensed_activity": "",
			}
		given = self.settings.as_of - timedelta(days=rng.randrange(60, 900))
		return {
			"licence_number": f"{site.index + 1}/{given.year}",
			"licence_date": given,
			"licence_expiry": given + timedelta(days=3 * 365 + 60),
			"licensed_activity": "رعاية الأطفال المحرومين من الرعاية الأسرية",
		}

	def capacity(self, site: Site, rng: Random) -> int:
		"""Places: fewer than children where that is planted, otherwise enough."""
		if site.over_capacity:
			return site.size - rng.randrange(1, max(2, site.size // 4))
		return site.size + rng.randrange(0, max(2, site.size // 2))

	def staff_counts(self, institution: dict, site: Site, rng: Random) -> Iterator[tuple[str, dict]]:
		"""Posts needed and filled."""
		for number, job in enumerate(bundled("words")["jobs"], 1):
			required = max(1, site.size // (6 if number == 4 else 20))
			available = max(0, required - rng.choice((0, 0, 0, 1)))
			counts = {"required_count": required, "available_count": available, "qualified_count": available}
			yield (
				"Institution Staff Count",
				table_row(institution, "Institution", "staff", number, job_title=job, **counts),
			)

	def building(self, site: Site, institution: dict, rng: Random) -> dict:
		"""The house."""
		return record(
			f"BLD-{self.settings.first_number('BLD-') + site.index:05}",
			UNITS_FOUNDED,
			user_names.entry_user(site.code),
			naming_series="BLD-.#####",
			building_name=f"مبنى {institution['institution_name']}",
			institution=site.code,
			org_unit=site.unit,
			governorate=site.governorate,
			ownership=rng.choice(("Owned", "Rented", "Ministry", "Usufruct")),
			address=institution["address"],
			floors=rng.randrange(1, 6),
			rooms=max(3, site.size // 4),
			area_sqm=site.size * rng.randrange(9, 20),
			is_accessible=int(rng.random() < 0.4),
			civil_protection_certificate=f"{rng.randrange(100, 9999)}",
			civil_protection_expiry=self.settings.as_of + timedelta(days=rng.randrange(30, 900)),
		)


def fancy_director(settings: NationSettings, site: Site) -> str:
	"""A fictional person's name for the director."""
	from social_care.demo.generator.names import MUSLIM, name_book

	rng = stream(settings.seed, "director", site.index)
	book = name_book()
	return " ".join(
		(
			book.first_name(rng, MUSLIM, rng.choice(("Male", "Female"))),
			*book.lineage(rng, MUSLIM, site.index * 7),
		)
	)
