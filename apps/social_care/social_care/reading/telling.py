"""The answer of the verification in words."""

from frappe import _

from social_care.reading import verify

NO_TAMPERING = {verify.UNSEALED}


def as_text(answer: verify.Answer) -> str:
	"""What was read, then a line a finding."""
	lines = [
		_("Read log: rows {0}, chains {1}, seals {2}.").format(
			f"{answer.rows:,}", f"{answer.chains:,}", f"{answer.seals:,}"
		)
	]
	lines += [f"{_(finding.what)}: {finding.row} ({_(finding.why)})" for finding in answer.findings]
	lines.append(_last_line(answer.findings))
	return "\n".join(lines)


def _last_line(findings: list[verify.Finding]) -> str:
	if not findings:
		return _("Every row is as it was written.")
	if {finding.what for finding in findings} <= NO_TAMPERING:
		return _("Every row is as it was written, but the job that seals the read log does not run.")
	return _("Findings: {0}. Rows of the read log were changed or removed.").format(len(findings))
