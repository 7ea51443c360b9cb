"""The roll of an institution as a workbook: downloaded, edited off line, compared and applied.

`columns` says what stands in it, `writing` and `reading` turn it into a workbook and back, `matching` finds the file of a
row, `difference` compares cell by cell, `checking` and `applying` are the two jobs, `photographs` does the same for an
archive of pictures.
"""
