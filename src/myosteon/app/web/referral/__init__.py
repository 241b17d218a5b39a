"""Referrals as pages: the letter that is written from what is known, and the two clinics that take its steps."""
