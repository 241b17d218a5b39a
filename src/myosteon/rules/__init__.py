"""The medicine: small expressions over named columns."""
