"""The lawyer's doors: the cards of the group, and the private chat."""
