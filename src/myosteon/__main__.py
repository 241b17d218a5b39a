"""`python -m myosteon`."""

from myosteon.app.main import main

main()
