"""Stored files: whose they are (`rights`), where they may hang (`sources`), what they may hold (`contents`).

A file is opened, listed, copied, sent and changed by whoever may do that with the row and the field it hangs on.
"""
