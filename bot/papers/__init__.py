"""Reports as papers: a picture, a spreadsheet, a table, a document. Each is made of a `Report` and a language alone."""
