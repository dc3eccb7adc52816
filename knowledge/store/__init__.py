"""SQLAlchemy and Alembic live here and only here."""
