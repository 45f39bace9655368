"""An appeal that comes by phone or in the street, as a coordinator enters it: short questions, in the order of a call.

Only what it is about must be said. What was told in words stands beside the answers, and goes on as notes of the case.
"""

from dataclasses import dataclass
from datetime import datetime

from bot.domain import questionnaire
from bot.domain.coding import Channel
from bot.domain.ids import PersonId
from bot.domain.people import LANGUAGES
from bot.domain.questionnaire import SKIPPED, YES_NO, Answers, Question, kind_of
from bot.domain.triage import Taxonomy, Urgency, urgency_of

REACH, TOLD = "reach", "told"
"""The two questions answered in words: how she can be reached, and what has happened."""

MOST = {REACH: 300, TOLD: 1500}
"""Letters of each: it must be read at a glance, beside all that is known of the case."""

BY = "by"
"""Not a question: which coordinator enters it."""

_WRITTEN = {REACH: "reach_words", TOLD: "told_words"}
"""Where their words stand, beside the answers."""

_OF_HERS = {each.key: each for each in questionnaire.QUESTIONS}


@dataclass(frozen=True)
class Entered:
    """How an appeal came in that was not written to the bot: by whom it was entered, and what was told in words."""

    channel: Channel
    by: PersonId
    told_elsewhere: bool
    reach: str = ""
    told: str = ""


def proposed(taxonomy: Taxonomy, answers: Answers) -> Urgency:
    """How urgent it is by what it is about and when it happened."""
    category, subcategory = kind_of(taxonomy, answers)
    return urgency_of(taxonomy, category, subcategory, answers.get("happened"))


def _urgencies(taxonomy: Taxonomy, answers: Answers) -> tuple[str, ...]:
    """The one proposed, and those above it: urgency is raised, never lowered."""
    lowest = proposed(taxonomy, answers)
    return tuple(each for each in reversed(Urgency) if each.raised_to(lowest) is each)


def _categories(taxonomy: Taxonomy, answers: Answers) -> tuple[str, ...]:
    return tuple(category.code for category in taxonomy.categories)


QUESTIONS: tuple[Question, ...] = (
    Question("channel", lambda taxonomy, answers: tuple(Channel)),
    Question("category", _categories),
    _OF_HERS["subcategory"],
    _OF_HERS["happened"],
    Question("urgency", _urgencies),
    Question(REACH, lambda taxonomy, answers: ("done",), written=True),
    Question(TOLD, lambda taxonomy, answers: ("done",), written=True),
    _OF_HERS["country"],
    _OF_HERS["region"],
    _OF_HERS["age"],
    Question("language", lambda taxonomy, answers: LANGUAGES),
    _OF_HERS["officials"],
    _OF_HERS["statistics"],
    _OF_HERS["share"],
    Question("told_elsewhere", lambda taxonomy, answers: YES_NO),
)

MUST = ("channel", "category")
"""What can't be passed over."""


def begun(by: PersonId) -> dict[str, str]:
    """Nothing is answered yet."""
    return {BY: by}


def position(taxonomy: Taxonomy, answers: Answers) -> Question | None:
    """The question that comes next; None when only the summary is left."""
    return questionnaire.position(taxonomy, answers, QUESTIONS)


def asked(taxonomy: Taxonomy, answers: Answers) -> list[Question]:
    """The questions these answers lead through, in order."""
    return questionnaire.asked(taxonomy, answers, QUESTIONS)


def answer(taxonomy: Taxonomy, answers: Answers, key: str, option: str, now: datetime) -> dict[str, str]:
    """The answers with this one. Raises OutOfDate when it is not its turn, no option of it, or must not be skipped."""
    allowed = SKIPPED if key not in MUST else ""
    given = option if option != SKIPPED else allowed
    return _beside(answers) | questionnaire.answer(taxonomy, answers, key, given, now, QUESTIONS)


def back(taxonomy: Taxonomy, answers: Answers) -> dict[str, str] | None:
    """The answers one screen earlier; None at the first."""
    return questionnaire.back(taxonomy, answers, QUESTIONS)


def change(taxonomy: Taxonomy, answers: Answers, key: str) -> dict[str, str]:
    """The answers without this one; what was written in its place is written anew."""
    rest = questionnaire.change(taxonomy, answers, key)
    return {each: value for each, value in rest.items() if each != _WRITTEN.get(key)}


def ended(taxonomy: Taxonomy, answers: Answers, now: datetime) -> dict[str, str]:
    """The answers with all that was not asked passed over. Raises OutOfDate while something must still be said."""
    left = position(taxonomy, answers)
    while left is not None:
        answers = answer(taxonomy, answers, left.key, SKIPPED, now)
        left = position(taxonomy, answers)
    return dict(answers)


def write(taxonomy: Taxonomy, answers: Answers, words: str, now: datetime) -> tuple[str, dict[str, str]]:
    """Which they answer (how she is reached, when that is asked; else what happened), and the answers with them."""
    here = position(taxonomy, answers)
    key = REACH if here is not None and here.key == REACH else TOLD
    so_far = answers.get(_WRITTEN[key])
    added = {**answers, _WRITTEN[key]: f"{so_far}\n{words}" if so_far else words}
    if here is not None and here.key == key:
        return key, answer(taxonomy, added, key, "done", now)
    return key, added | ({key: "done"} if key in answers else {})


def written(answers: Answers, key: str) -> str:
    """What was written as the answer of this question."""
    return answers.get(_WRITTEN[key], "")


def urgency(taxonomy: Taxonomy, answers: Answers) -> Urgency:
    """As proposed, or as it was raised."""
    given = answers.get("urgency", SKIPPED)
    lowest = proposed(taxonomy, answers)
    return lowest if given == SKIPPED else lowest.raised_to(Urgency(given))


def entered(answers: Answers) -> Entered:
    """How it came in."""
    return Entered(
        channel=Channel(answers["channel"]),
        by=PersonId(answers[BY]),
        told_elsewhere=answers.get("told_elsewhere") == "yes",
        reach=written(answers, REACH),
        told=written(answers, TOLD),
    )


def _beside(answers: Answers) -> dict[str, str]:
    return {each: answers[each] for each in (BY, *_WRITTEN.values()) if each in answers}
