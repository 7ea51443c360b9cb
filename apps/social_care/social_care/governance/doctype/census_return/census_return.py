from social_care.governance.kept import KeptDocument


class CensusReturn(KeptDocument):
	"""What a census expects and finds in an institution, and who signed it at each level (governance/census/)."""

	def onload(self) -> None:
		from social_care.governance.census.signing import token

		self.set_onload("seen", token(self.as_dict(convert_dates_to_str=False)))
