"""What the buttons around his words to her carry: canned replies, and words he was asked about."""

from aiogram.filters.callback_data import CallbackData


class DropKept(CallbackData, prefix="rn"):
    """The words he was asked about are for nobody."""
