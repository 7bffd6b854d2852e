"""Engine, tables and sessions; what SQLite and PostgreSQL do differently stays in here."""
