"""Egyptian telephone numbers in one spelling, so that a citizen finds his request however he writes his number."""

from social_care.registry.arabic import ascii_digits

COUNTRY = "20"
KEPT = 10  # digits that tell one number from another, without the leading 0 and the country


def phone_key(number: str | None) -> str:
	"""The digits that matter: «+20 100 123 4567» and «٠١٠٠١٢٣٤٥٦٧» are both «1001234567»."""
	digits = "".join(sign for sign in ascii_digits(number or "") if sign.isdecimal())
	digits = digits.removeprefix("00")
	digits = digits.removeprefix(COUNTRY) if len(digits) > KEPT + 1 else digits
	return digits.lstrip("0")[:KEPT]
