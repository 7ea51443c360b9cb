"""Dashboards of institution, directorate and headquarters: figures of the reader's places, each leading to its rows."""
