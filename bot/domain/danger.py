"""The kinds of danger: each is answered in its own way."""

from enum import StrEnum


class DangerKind(StrEnum):
    """What a person may be in at this moment, as far as it changes what helps."""

    WEAPON = "weapon"
    """A weapon, or somebody attacks her now."""

    LOCKED_IN = "locked_in"
    HELD = "held"
    """By the police or another authority."""

    KIDNAPPED = "kidnapped"
    RAPED = "raped"
    """A short time ago."""

    WINDOW = "window"
    """Something that helps only for some hours more: HIV prophylaxis, emergency contraception."""

    SUICIDE = "suicide"
    BLACKMAIL = "blackmail"
    MISSING = "missing"
    """Somebody else is gone."""
