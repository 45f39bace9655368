"""What the bot can ask for: every implemented method of the Bot API, by its name."""

from sandbox.methods import albums, chats, copying, editing, profile, receiving, removing, sending, taps, topics
from sandbox.methods.registry import METHODS, Method

__all__ = [
    "METHODS", "Method", "albums", "chats", "copying", "editing", "profile", "receiving", "removing", "sending",
    "taps", "topics",
]  # fmt: skip
