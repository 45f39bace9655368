"""Whatever is written for people, as something a reviewer can read in a table and hand back changed.

`places` knows where each text stands, `rules` what it must be like there, `table` the file a spreadsheet opens, and
`reviewing` is `zhanynda texts`. None of it needs a setting or a database.
"""
