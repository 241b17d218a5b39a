"""The registry: people, visits, treatments, referrals and who did what, kept in a database and only ever added to."""
