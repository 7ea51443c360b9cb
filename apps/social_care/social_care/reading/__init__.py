"""Reading control: who has read which child's file, and how a file is opened to somebody outside its place.

`observe` finds in every answered request what was read; `subjects` says which records belong to a person's file;
`log` writes the rows, each chained to the one before; `seals` closes the chains and keeps their heads in a second place;
`verify` finds what was changed, removed or put in; `triggers` are the database's own refusal; `opening` asks, decides and
ends accesses beyond the own place, which `opened` gives to the scope (docs/reading-control.md).
"""
