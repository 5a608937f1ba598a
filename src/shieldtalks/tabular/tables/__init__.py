"""Tables as values, as data frames and as a database."""
