"""How an appeal is coded for the statistics: the type of violence, its contexts, whose act it was and which right.

The types and contexts are those of the Gender-Based Violence Information Management System (GBVIMS User Guide,
chapter 3): one type an incident, by the act alone. A context is never chosen, it follows from the other answers; that
somebody is a sex worker, or that her work is paid for, is no violence and leads to none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """How an appeal that was not written to the bot has come in."""

    PHONE = "phone"
    OUTREACH = "outreach"


class Gbvims(StrEnum):
    """The six core types, the most specific first; NONE: a trained person says that it is none of them."""

    RAPE = "rape"
    SEXUAL_ASSAULT = "sexual_assault"
    PHYSICAL_ASSAULT = "physical_assault"
    FORCED_MARRIAGE = "forced_marriage"
    DENIAL_OF_RESOURCES = "denial_of_resources"
    PSYCHOLOGICAL_ABUSE = "psychological_abuse"
    NONE = "none"


class Context(StrEnum):
    """What a type can stand in; several at once, or none."""

    INTIMATE_PARTNER = "intimate_partner_violence"
    CHILD_SEXUAL_ABUSE = "child_sexual_abuse"
    EARLY_MARRIAGE = "early_marriage"
    POSSIBLE_SEXUAL_EXPLOITATION = "possible_sexual_exploitation"
    POSSIBLE_SEXUAL_SLAVERY = "possible_sexual_slavery"
    HARMFUL_TRADITIONAL_PRACTICE = "harmful_traditional_practice"


class Violator(StrEnum):
    """Whose act it was, by the relation to the person who is hurt."""

    PARTNER = "partner"
    FAMILY = "family"
    BUYER = "buyer"
    EXPLOITER = "exploiter"
    POLICE = "police"
    OFFICIAL = "official"
    MEDICAL = "medical"
    EMPLOYER = "employer"
    LANDLORD = "landlord"
    ACQUAINTANCE = "acquaintance"
    STRANGER = "stranger"
    ONLINE = "online"
    UNKNOWN = "unknown"


class Circumstance(StrEnum):
    """What else a context follows from.

    EXCHANGE: something she needs was made to depend on it; never that her own work is paid for.
    ABDUCTION: she was carried off or held.
    """

    EXCHANGE = "exchange"
    ABDUCTION = "abduction"


@dataclass(frozen=True)
class ViolatedRight:
    """A right that may have been violated, by its code, with its name by language and the articles it stands in."""

    code: str
    title: Mapping[str, str]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Coding:
    """What a trained person has coded of a case; all of it may be missing."""

    gbvims: Gbvims | None = None
    violator: Violator | None = None
    violated: tuple[str, ...] = ()
    circumstances: frozenset[Circumstance] = frozenset()
    told_elsewhere: bool = False


SEXUAL = frozenset({Gbvims.RAPE, Gbvims.SEXUAL_ASSAULT})


def contexts(coding: Coding, age: str | None) -> tuple[Context, ...]:
    """The contexts that follow from the coding and the age band; of what is no gender-based violence there are none."""
    kind = coding.gbvims
    if kind is None or kind is Gbvims.NONE:
        return ()
    child, sexual, forced = age == "under_18", kind in SEXUAL, kind is Gbvims.FORCED_MARRIAGE
    abducted = Circumstance.ABDUCTION in coding.circumstances
    true = {
        Context.INTIMATE_PARTNER: coding.violator is Violator.PARTNER,
        Context.CHILD_SEXUAL_ABUSE: child and sexual,
        Context.EARLY_MARRIAGE: child and forced,
        Context.POSSIBLE_SEXUAL_EXPLOITATION: sexual and Circumstance.EXCHANGE in coding.circumstances,
        Context.POSSIBLE_SEXUAL_SLAVERY: sexual and abducted,
        Context.HARMFUL_TRADITIONAL_PRACTICE: forced and abducted,
    }
    return tuple(context for context in Context if true[context])
