"""NHANES, the United States' health examination survey, 1999-2000 to 2017-2018."""

from myosteon.readers.nhanes.describe import describe_variables
from myosteon.readers.nhanes.reading import NhanesReading, Provenance, read_nhanes

__all__ = ["NhanesReading", "Provenance", "describe_variables", "read_nhanes"]
