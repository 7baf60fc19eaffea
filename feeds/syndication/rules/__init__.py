"""The rules a document is checked against: a file for each format, and what formats share."""
