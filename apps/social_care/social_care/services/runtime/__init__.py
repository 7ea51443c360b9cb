"""What every request shares, whatever its service: receipt, applicant, documents, rules, steps, clocks, outputs.

The record types are the framework's own (custom DocTypes made by the compiler). This package is asked for each of them
by document events, and reads everything else from the version of the pack that the request began under.
"""
