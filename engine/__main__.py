"""`python3 -m engine COMMAND`: the command line behind the Makefile."""

import sys

if sys.version_info < (3, 11):  # said before any module is read that older versions cannot parse
	sys.exit(f"This bench needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}.")

from engine.cli import main

sys.exit(main())
