"""How an appeal is coded for the statistics: the type of violence, its contexts, whose act it was and which right.

The types and contexts are those of the Gender-Based Violence Information Management System: one type an incident, by
the act alone, found by going down the list until one took place (GBVIMS User Guide, chapter 3, the classification
tool). A context is never chosen, it is worked out of the type and the other answers (User Guide, incident recorder;
the same in GBVIMS+, `gbv_case_context` of Primero by UNICEF). GBVIMS asks whether money or goods were exchanged; so
that nobody's work ever counts as exploitation, this asks whether something needed was made to depend on it, and only
after a rape or a sexual assault. That somebody is a sex worker, or is paid by agreement, is no violence and leads to no
type and no context.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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


SEXUAL = frozenset({Gbvims.RAPE, Gbvims.SEXUAL_ASSAULT})


@dataclass(frozen=True)
class Coding:
    """What a trained person has coded of a case; all of it may be missing.

    Type and circumstances are for the statistics and stand here only while she agrees to those; whose act it was and
    which rights it touched are also the team's own.
    """

    gbvims: Gbvims | None = None
    violator: Violator | None = None
    violated: tuple[str, ...] = ()
    circumstances: frozenset[Circumstance] = frozenset()
    told_elsewhere: bool = False

    @property
    def begun(self) -> bool:
        """True once anything is coded."""
        return self != Coding()

    @property
    def asked(self) -> tuple[Circumstance, ...]:
        """The circumstances from which a context could follow with this type; no others are asked or kept."""
        if self.gbvims in SEXUAL:
            return (Circumstance.EXCHANGE, Circumstance.ABDUCTION)
        return (Circumstance.ABDUCTION,) if self.gbvims is Gbvims.FORCED_MARRIAGE else ()

    def of_type(self, gbvims: Gbvims | None) -> "Coding":
        """The same with this type, without circumstances that say nothing of it."""
        typed = replace(self, gbvims=gbvims)
        return replace(typed, circumstances=self.circumstances.intersection(typed.asked))

    def turned(self, circumstance: Circumstance) -> "Coding":
        """The same with this circumstance, or without it when it was there. Raises ValueError for one not asked."""
        if circumstance not in self.asked:
            raise ValueError(circumstance)
        return replace(self, circumstances=self.circumstances ^ {circumstance})

    def with_right(self, right: str) -> "Coding":
        """The same with this right among the violated ones, or without it when it was there."""
        others = tuple(each for each in self.violated if each != right)
        return replace(self, violated=others if right in self.violated else (*self.violated, right))

    def without_statistics(self) -> "Coding":
        """What may stay when she doesn't agree to be counted."""
        return replace(self, gbvims=None, circumstances=frozenset())


class CodingPart(StrEnum):
    """What is coded, in the order in which it is asked."""

    TYPE = "type"
    WHOSE = "whose"
    RIGHTS = "rights"
    MORE = "more"


def parts(consented: bool) -> tuple[CodingPart, ...]:
    """What may be coded of a case, with her consent to statistics or without it."""
    return tuple(CodingPart) if consented else (CodingPart.WHOSE, CodingPart.RIGHTS)


def part_after(part: CodingPart, consented: bool) -> CodingPart | None:
    """What is asked next; None when that was all."""
    return next(
        (each for each in parts(consented) if list(CodingPart).index(each) > list(CodingPart).index(part)), None
    )


def by_the_act(candidates: Iterable[str]) -> tuple[Gbvims, ...]:
    """These types in the order in which one goes down them, the most specific first, and that it may be none."""
    named = frozenset(candidates)
    return tuple(each for each in Gbvims if each in named or each is Gbvims.NONE)


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
