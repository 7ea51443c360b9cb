"""Indicators: what is measured, as data; computed by night and on demand, kept with the time of counting (docs/indicators.md)."""
