"""National numbers for fictional persons: well-formed, and no two the same.

A number is unique because date of birth, and digits 10 to 13 together, name the person's place in the nation:
digits 11 to 13 and the group of digit 10 hold `place % PLACES`; the birth date is moved (`fit_date`) by a few days
until its day number tells `place // PLACES`. Within its group digit 10 is free, so that the check digit can always
be one on which all programs agree (1 to 9).
"""

from datetime import date, timedelta

WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
PLACES = 1500


def fit_date(wanted: date, place: int, people: int) -> date:
	"""The first day not before `wanted` that a person at `place` among `people` may be born on."""
	rounds = rounds_of(people)
	return wanted + timedelta(days=(place // PLACES - wanted.toordinal()) % rounds)


def rounds_of(people: int) -> int:
	"""By how many days at most, less one, `fit_date` moves a birth."""
	return -(-people // PLACES)


def make(birth: date, governorate: str, sex: str, place: int) -> str:
	"""The number of the person at `place`, born on a day that `fit_date` gave."""
	group, rest = divmod(place % PLACES, 500)
	last = rest % 5 * 2 + (1 if sex == "Male" else 0)
	head = f"{2 if birth.year < 2000 else 3}{birth:%y%m%d}{governorate}"
	for lead in range(3 * group, 3 * group + 3):
		body = f"{head}{lead}{rest // 50}{rest // 5 % 10}{last}"
		if (digit := check_digit(body)) < 10:
			return f"{body}{digit}"
	raise AssertionError("Three leads differ modulo 11, so at most two give 10 or 11.")


def check_digit(body: str) -> int:
	"""11 less the weighted sum of the first 13 digits modulo 11; 10 and 11 are the doubtful cases."""
	return 11 - sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11


def spoil(number: str) -> str:
	"""The same number with a check digit that is wrong without doubt."""
	return number[:13] + str(int(number[13]) % 9 + 1)
