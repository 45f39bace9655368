"""In which words and with which buttons: builds Telegram methods for each audience; never sends them."""
