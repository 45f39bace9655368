"""Rules of the hotline. Standard library only: no I/O, no Telegram, no SQL."""
