"""Lists of beneficiaries as they come: deterministic, of any size, with so many defects of each kind planted.

Row `i` is the same whatever the size of the list. Each row has one defect at most, by its place in its thousand; the defects,
what becomes of such rows, and the lists that the checks compare with follow from the same table.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from social_care.registry.national_number import WEIGHTS

HEADINGS = (
	*("رقم الملف", "الرقم القومى", "إسم المستفيد", "ت الميلاد", "النوع", "المحافظة", "الوحدة الاجتماعية"),
	*("فئة المعاش", "عدد أفراد الأسرة", "الدخل الشهري", "قيمة المعاش", "ملاحظات الموظف"),
)
FIRST = (
	"أحمد محمد محمود مصطفى إبراهيم حسن حسين علي عمر خالد يوسف سعيد كريم طارق هشام وليد سامي نبيل فؤاد رمضان"
)
MORE = "فاطمة عائشة زينب مريم سعاد نادية هدى سلوى أمينة كوثر صفاء نجلاء رجاء عفاف إيمان وفاء سميرة ليلى نعمة بدرية"
NAMES = tuple(f"{FIRST} {MORE}".split())
GOVERNORATES = {
	"01": "القاهرة", "02": "الاسكندرية", "03": "بورسعيد", "04": "السويس", "11": "دمياط", "12": "الدقهلية",
	"13": "الشرقية", "14": "القليوبية", "15": "كفر الشيخ", "16": "الغربية", "17": "المنوفية", "18": "البحيرة",
	"19": "الإسماعيلية", "21": "الجيزة", "22": "بني سويف", "23": "الفيوم", "24": "المنيا", "25": "أسيوط",
	"26": "سوهاج", "27": "قنا", "28": "أسوان", "29": "الأقصر", "31": "البحر الأحمر", "32": "الوادي الجديد",
	"33": "مطروح", "34": "شمال سيناء", "35": "جنوب سيناء",
}  # fmt: skip
CODES = tuple(GOVERNORATES)
PENSIONS = ("أرملة", "مطلقة", "مسن", "عجز كلي", "يتيم")
FIRST_DAY, DAYS = date(1940, 1, 1), 20_000
SCATTER = 1_000_003  # coprime to the number of names: rows beside each other bear different ones
INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
LIMIT = 1500  # of the income of a person, as the tests and the benchmark set it
# Place in the thousand, from and to: what is planted there.
PLANTED = {
	"digits": (0, 5),
	"number_date": (5, 10),
	"governorate": (10, 14),
	"birth_differs": (14, 18),
	"sex_differs": (18, 21),
	"name": (21, 25),
	"formula": (25, 27),
	"negative": (27, 29),
	"number_or_birth": (29, 31),
	"calendar": (31, 36),
	"again": (40, 50),
	"Listed Twice": (50, 60),
	"Deceased": (60, 70),
	"Already in the Programme": (70, 80),
	"Income above the Limit": (80, 100),
	"No National Number": (100, 110),
	"Possibly Listed Twice": (110, 115),
	"matched": (120, 130),
	"Name Differs from the Registry": (130, 135),
	"Possible Match": (135, 140),
	"Check Digit Differs": (140, 150),
	"indic": (150, 250),
	"spaced": (250, 300),
	"thousands": (300, 350),
	"marks": (350, 400),
}
KIND_OF = {place: kind for kind, (first, last) in PLANTED.items() for place in range(first, last)}
REJECTED = tuple(kind for kind, (_first, last) in PLANTED.items() if last <= 36)
COPIES = ("again", "Listed Twice", "Possibly Listed Twice")  # of a row of the thousand before


def kind(index: int) -> str:
	"""What is planted in a row; "" for a clean one."""
	found = KIND_OF.get(index % 1000, "")
	return "" if found in COPIES and index < 1000 else found


def expected(rows: int) -> dict[str, Counter]:
	"""Counts of a list of so many rows: `rejected` by fault, `found` by main finding, `again`."""
	kinds = Counter(kind(index) for index in range(rows))
	found = {name: count for name, count in kinds.items() if name[:1].isupper()}
	return {
		"rejected": Counter({name: kinds[name] for name in REJECTED if kinds[name]}),
		"found": Counter(found),
		"again": Counter({"again": kinds["again"]}),
	}


def rows(count: int, first: int = 0) -> Iterator[list[str]]:
	"""Rows of a list, without the headings."""
	for index in range(first, first + count):
		yield row(index)


def row(index: int) -> list[str]:
	"""The cells of a row."""
	planted = kind(index)
	if planted in COPIES:
		return _copied(planted, index)
	return _dirty(planted, _clean(index), index)


def number_of(index: int) -> str:
	"""The national number of a row: no two have the same."""
	born, serial = born_on(index), index // DAYS * 2 + index % 2
	head = f"{2 if born.year < 2000 else 3}{born:%y%m%d}{CODES[index % len(CODES)]}{serial:04d}"
	rest = 11 - sum(int(digit) * weight for digit, weight in zip(head, WEIGHTS, strict=True)) % 11
	return f"{head}{rest if rest < 10 else 0}"


def born_on(index: int) -> date:
	return FIRST_DAY + timedelta(days=index % DAYS)


def name_of(index: int) -> str:
	"""Four words: no two rows have the same."""
	place, size = index * SCATTER % len(NAMES) ** 4, len(NAMES)
	return " ".join(NAMES[place // size**power % size] for power in range(4))


def _clean(index: int) -> list[str]:
	return [
		*(f"{index:07d}", number_of(index), name_of(index), f"{born_on(index):%d/%m/%Y}"),
		*("ذكر" if index % 2 else "أنثى", GOVERNORATES[CODES[index % len(CODES)]], "", PENSIONS[index % 5]),
		*(str(index % 6 + 1), str(300 + index % 9 * 100), str(400 + index % 4 * 50), ""),
	]


def _dirty(planted: str, cells: list[str], index: int) -> list[str]:
	"""The cells with the defect in them."""
	changes = {
		"digits": {1: cells[1][:-1]},
		"number_date": {1: cells[1][:3] + "13" + cells[1][5:]},
		"governorate": {5: "بلاد الواق"},
		"birth_differs": {3: f"{born_on(index) + timedelta(days=400):%d/%m/%Y}"},
		"sex_differs": {4: "أنثى" if index % 2 else "ذكر"},
		"name": {2: cells[2].split()[0]},
		"formula": {7: "=HYPERLINK(1)"},
		"negative": {9: "-50"},
		"number_or_birth": {1: "", 3: ""},
		"calendar": {1: "", 3: "31/02/1960"},
		"Income above the Limit": {8: "1", 9: str(LIMIT + 1 + index % 100)},
		"No National Number": {1: ""},
		"Possible Match": {1: ""},
		"Check Digit Differs": {1: _wrong_digit(cells[1])},
		"indic": {place: cells[place].translate(INDIC) for place in (1, 3, 8, 9)},
		"spaced": {1: f" {cells[1][:7]} {cells[1][7:]} ", 2: "  ".join(cells[2].split(" ")) + " "},
		"thousands": {9: "1,250", 8: "3", 3: f"{born_on(index):%Y-%m-%d}"},
		"marks": {1: f"\u200f{cells[1]}\u200f", 5: cells[5].replace("أ", "ا").replace("ة", "ه")},
	}.get(planted, {})
	return [changes.get(place, cell) for place, cell in enumerate(cells)]


def _wrong_digit(number: str) -> str:
	"""Another last digit than the formula gives; where it says nothing, with a serial that nobody has of which it does."""
	heads = (number[:13], *(f"{number[:9]}{digit}{number[10:13]}" for digit in "987654"))
	for head in heads:
		rest = 11 - sum(int(digit) * weight for digit, weight in zip(head, WEIGHTS, strict=True)) % 11
		if rest < 10:
			return f"{head}{(rest + 1) % 10}"
	raise AssertionError(number)


def _copied(planted: str, index: int) -> list[str]:
	"""A row of the thousand before, written once more."""
	other = index - 1000 + 500
	cells = _clean(other)
	if planted == "again":
		return [f" {cell.translate(INDIC)}  " for cell in cells]
	if planted == "Listed Twice":
		return [f"{index:07d}", cells[1], *cells[2:7], "تقرير ثان", *cells[8:]]
	return [f"{index:07d}", "", cells[2].replace("أ", "ا"), *cells[3:]]


def write(path: Path, count: int, encoding: str = "utf-8-sig", delimiter: str = ";") -> None:
	"""A text table as a spreadsheet saves it: a title above the headings, semicolons between the cells."""
	with path.open("w", encoding=encoding, errors="replace", newline="") as file:
		writer = csv.writer(file, delimiter=delimiter)
		writer.writerow(["كشف مستفيدي الضمان الاجتماعي"])
		writer.writerow(HEADINGS)
		writer.writerows(rows(count))


def deaths(count: int) -> Iterator[tuple[str, date]]:
	"""The list of deaths to which the planted rows belong."""
	return ((number_of(index), date(2025, 5, 17)) for index in range(count) if kind(index) == "Deceased")


def members(count: int) -> Iterator[tuple[str, str, date]]:
	"""Members of the other programme: number, name, birth date."""
	return (
		(number_of(index), name_of(index), born_on(index))
		for index in range(count)
		if kind(index) == "Already in the Programme"
	)


def persons(count: int) -> Iterator[tuple[str, str, date, str]]:
	"""Persons of the registry: number ("" where it is not known), name, birth date, sex."""
	for index in range(count):
		planted, sex = kind(index), "Male" if index % 2 else "Female"
		if planted == "matched":
			yield number_of(index), name_of(index), born_on(index), sex
		elif planted == "Name Differs from the Registry":
			yield number_of(index), "شخص آخر غير هذا", born_on(index), sex
		elif planted == "Possible Match":
			yield "", name_of(index), born_on(index), sex
