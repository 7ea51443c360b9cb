"""Who may be the same human: pairs of Person weighed by Splink on DuckDB, over the whole registry and for one person.

`columns` says what is read of a person and how it is folded, `model` how two are compared and which are compared at all,
`weights.json` what each agreement is worth. The search over all (`search`) and the one for a person being saved (`near`)
use the same three, so a pair has one score wherever it is met.
"""
