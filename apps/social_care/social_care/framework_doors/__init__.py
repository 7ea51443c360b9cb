"""The framework's own tables and functions, as doors to what scope protects.

A comment, a task, a mail or a log hangs on a record and says what is in it; notes, filters and notifications belong to
one person. `rows.py` decides who sees such rows, `references.py` finds by the schema what hangs on what, `calls.py` asks
for the right to a row before a function of the framework that does not ask for it.
"""
