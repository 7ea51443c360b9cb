"""A nation's people as they are entered twice: planted copies with the mistakes of real registers, and people who only look alike."""

from collections.abc import Iterator
from datetime import date
from random import Random

PARTS = ("first_name", "father_name", "grandfather_name", "family_name")
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
SPELLINGS = (("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ة", "ه"), ("ى", "ي"), ("ؤ", "و"), ("ئ", "ي"))


def people(children: int, seed: int) -> Iterator[dict]:
	"""What is compared of every child of a demonstration nation, with `truth`: who it is."""
	from social_care.demo.generator import NationSettings
	from social_care.demo.generator.chance import stream
	from social_care.demo.generator.families import facts
	from social_care.demo.generator.nation import Nation

	size = {"children": children, "institutions": max(30, children // 17)}
	nation = Nation(NationSettings(date(2026, 11, 21), seed=seed, **size))
	for site in nation.sites:
		for household in nation.people.households(site):
			shared = facts(household, stream(seed, "facts", household.head))
			for human in household.humans:
				yield _row(human, shared.get("mother_full_name") or "")


def _row(human, mother: str) -> dict:
	names = dict(zip(PARTS, human.names, strict=True))
	return {
		"name": f"P{human.place:07}",
		"truth": human.place if human.copy_of is None else human.copy_of,
		**names,
		"sex": human.sex,
		"birth_date": human.birth.isoformat(),
		"national_number": human.number,
		"mother_full_name": mother,
	}


def planted(rows: list[dict], copies: int, seed: int) -> list[dict]:
	"""The people, copies of some of them with one to three mistakes, and twins and namesakes of others."""
	rng = Random(seed)
	chosen = rng.sample(rows, copies * 2)
	again = [spoilt(rng, row, f"C{number:07}") for number, row in enumerate(chosen[:copies])]
	alike = [twin(rng, row, number) for number, row in enumerate(chosen[copies : copies + copies // 4])]
	others = chosen[copies + copies // 4 :][: copies // 4]
	mothers = [row["mother_full_name"] for row in rng.sample(rows, len(others))]
	alike += [namesake(rng, row, mothers[number], number) for number, row in enumerate(others)]
	together = [*rows, *again, *alike]
	rng.shuffle(together)
	return together


def spoilt(rng: Random, row: dict, name: str) -> dict:
	"""The same human entered again by somebody else."""
	copy = {**row, "name": name}
	copy |= {part: otherwise(rng, copy[part]) for part in PARTS} | {
		"mother_full_name": otherwise(rng, copy["mother_full_name"])
	}
	for mistake in rng.sample(MISTAKES, rng.choice((0, 1, 1, 1, 2, 2, 3))):
		mistake(rng, copy)
	return copy


def otherwise(rng: Random, text: str) -> str:
	"""Another usual spelling: hamza, teh marbuta, yeh, compound names with and without a space."""
	for one, other in SPELLINGS:
		if rng.random() < 0.5:
			text = text.replace(one, other)
	if rng.random() < 0.5:
		text = text.replace("عبد ال", "عبدال") if "عبد ال" in text else text.replace("عبدال", "عبد ال")
	return text


def swap_parts(rng: Random, row: dict) -> None:
	if rng.random() < 0.5:
		row["grandfather_name"], row["family_name"] = row["family_name"], row["grandfather_name"]
	else:  # family name first, as lists of schools have it
		moved = [row[part] for part in PARTS]
		row.update(zip(PARTS, moved[-1:] + moved[:-1], strict=True))


def drop_part(rng: Random, row: dict) -> None:
	row[rng.choice(("grandfather_name", "family_name"))] = ""


def mistype_name(rng: Random, row: dict) -> None:
	part = rng.choices(PARTS, (1, 2, 2, 2))[0]
	row[part] = mistyped(rng, row[part])


def mistyped(rng: Random, text: str) -> str:
	"""One letter left out, doubled by another, exchanged, or two in each other's place."""
	if len(text) < 3:
		return text
	at = rng.randrange(1, len(text) - 1)
	kinds = (
		text[:at] + text[at + 1 :],
		text[:at] + rng.choice(LETTERS) + text[at + 1 :],
		text[:at] + text[at + 1] + text[at] + text[at + 2 :],
	)
	return rng.choice(kinds)


def wrong_digit(rng: Random, row: dict) -> None:
	if number := row["national_number"]:
		at = rng.randrange(7, len(number))
		row["national_number"] = (
			number[:at] + str((int(number[at]) + rng.randrange(1, 10)) % 10) + number[at + 1 :]
		)


def transposed_digits(rng: Random, row: dict) -> None:
	if number := row["national_number"]:
		at = rng.randrange(7, len(number) - 1)
		row["national_number"] = number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def no_number(_rng: Random, row: dict) -> None:
	row["national_number"] = None


def turned_date(_rng: Random, row: dict) -> None:
	year, month, day = row["birth_date"].split("-")
	if int(day) <= 12:
		row["birth_date"] = f"{year}-{day}-{month}"


def wrong_date(rng: Random, row: dict) -> None:
	day = date.fromisoformat(row["birth_date"])
	row["birth_date"] = day.replace(
		**rng.choice(
			(
				{"year": day.year - 1},
				{"day": day.day % 28 + 1},
				{"month": day.month % 12 + 1, "day": min(day.day, 28)},
			)
		)
	).isoformat()


def mother_otherwise(rng: Random, row: dict) -> None:
	words = row["mother_full_name"].split()
	if words:
		row["mother_full_name"] = rng.choice(
			(mistyped(rng, row["mother_full_name"]), " ".join(words[:2]), "")
		)


MISTAKES = (
	swap_parts,
	drop_part,
	mistype_name,
	wrong_digit,
	transposed_digits,
	no_number,
	turned_date,
	wrong_date,
	mother_otherwise,
)


def twin(rng: Random, row: dict, number: int) -> dict:
	"""Brother or sister born the same day: everything alike but the first name and the serial of the number."""
	own = {**row, "name": f"T{number:07}", "truth": f"T{number}"}
	own["first_name"] = rng.choice([name for name in (TWINS[row["sex"]]) if name != row["first_name"]])
	if digits := row["national_number"]:
		serial = (int(digits[9:13]) + rng.choice((2, 4, 20))) % 10000
		own["national_number"] = f"{digits[:9]}{serial:04}{rng.randrange(1, 10)}"
	return own


TWINS = {
	"Male": ("حسن", "حسين", "محمد", "محمود", "أحمد", "عمر"),
	"Female": ("مريم", "مروة", "سلمى", "سلوى", "هدى", "ندى"),
}


def namesake(rng: Random, row: dict, mother: str, number: int) -> dict:
	"""Another mother's child with the same four names, born in another month of the same year or the next."""
	own = {**row, "name": f"N{number:07}", "truth": f"N{number}"}
	born = date.fromisoformat(row["birth_date"])
	born = born.replace(
		year=born.year - rng.choice((0, 1)), month=born.month % 12 + 1, day=rng.randrange(1, 28)
	)
	own |= {"birth_date": born.isoformat(), "mother_full_name": mother}
	if digits := row["national_number"]:
		own["national_number"] = (
			f"{digits[0]}{born:%y%m%d}{digits[7:9]}{rng.randrange(100, 9999):04}{rng.randrange(1, 10)}"
		)
	return own
