"""The engine: CSV files go in, schemas compile to SQL, rows that break a rule come out."""
