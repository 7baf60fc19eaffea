"""The state: one database, reached through SQLAlchemy Core."""
