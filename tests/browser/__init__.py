"""The desk as people use it: a real browser, in Arabic, against the running test site."""
