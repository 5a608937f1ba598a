"""The forms of a report: text, JSON, SARIF, JUnit and GitHub annotations."""
