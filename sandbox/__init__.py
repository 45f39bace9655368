"""A Telegram of our own: one pure fake, two doors, as strict as Telegram itself.

`telegram` is the fake (no I/O), `session` the door for tests in the same process, `server` the door over
HTTP, `page` four phones in a browser. Nothing here imports the hotline: it must stay an independent witness.
"""
