"""Questions to the tables: read only, on whatever session the asker has."""
