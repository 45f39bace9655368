"""What is said about hiding. Every line is neutral: whoever takes the phone may read it."""

from aiogram.methods import SendMessage

from bot.domain.people import Person
from bot.telegram.messages.common import said


def hidden(person: Person) -> SendMessage:
    """The chat is empty now, and what can't be removed."""
    return said(person, "hide.done")
