"""The coding sheet: one TOML file per article, which a person writes while reading, and its rows."""
