"""What the hotline says no to. A refusal names its reason by a text key; it is an answer, not a crash.

Refusal
├── NotFound      there is no such case
├── NotAllowed    the person has not the role, or the case is another's
│   └── Blocked   a coordinator has blocked this person
├── OutOfDate     the button or the screen has been overtaken
├── Taken         somebody else claimed first
└── Unfit         what was sent can't be used
"""


class Refusal(Exception):
    """The hotline refuses, and says why in the reader's language."""

    def __init__(self, key: str, **params: str) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


class NotFound(Refusal):
    """There is no such case, or it is not for this person to know."""


class NotAllowed(Refusal):
    """This person may not do this."""


class Blocked(NotAllowed):
    """Nothing from this person is taken at present; public numbers and her own data stay open to her."""


class OutOfDate(Refusal):
    """Things have moved on since this button was shown."""


class Taken(Refusal):
    """Somebody else was first."""


class Unfit(Refusal):
    """What was sent can't be used here."""
