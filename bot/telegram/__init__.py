"""How it looks, and the way in and out: builds Telegram values, takes updates in, delivers what is put."""
