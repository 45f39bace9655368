"""The questions of an appeal, one a screen. The answers *are* the position: nothing else remembers it.

Nothing is mandatory: every question can be skipped, and what no longer fits a changed answer is forgotten.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.case import CaseFile, Contact
from bot.domain.consent import Consents
from bot.domain.errors import OutOfDate
from bot.domain.triage import UNSORTED, Taxonomy
from bot.domain.windows import RANGES, happened_between

Answers = Mapping[str, str]

SKIPPED = "-"
"""The answer of a question she passed over."""

UNSURE = "other"
"""The category of somebody who can't choose and will write instead."""

HAPPENED = tuple(RANGES)
"""When it happened; the ranges keep the earliest and the latest moment apart."""

HAPPENED_SAID = "happened_said"
"""Not a question: the moment at which she answered when it happened, for `a day ago` is another day tomorrow."""

PREFERS_WOMAN = "prefers_woman"
"""Not a question either: a wish she may add before she sends."""

HOURS = ("08_12", "12_17", "17_22", "22_08")
"""Hours of the day in which she may be contacted, by her region's clock."""

AGES = ("under_18", "18_24", "25_34", "35_49", "50_up")

YES_NO = ("yes", "no")
YES_NO_UNKNOWN = ("yes", "no", "unknown")

_NO_EVENT = ("FAM", "LIV", "ADM", "DOC", "INF", "HUM")
_NO_OFFICIALS = ("POL", "INF", "HUM")


@dataclass(frozen=True)
class Question:
    """One screen: what it asks, what may be answered, and whether it is asked at all.

    `written` questions are answered by writing; their only options are done and skip.
    """

    key: str
    options: Callable[[Taxonomy, Answers], tuple[str, ...]]
    asked: Callable[[Taxonomy, Answers], bool] = lambda taxonomy, answers: True
    written: bool = False


Questions = Sequence[Question]
"""The questions of one way in: those a help-seeker is asked by the bot, or a coordinator by a voice on the phone."""


def _fixed(*options: str) -> Callable[[Taxonomy, Answers], tuple[str, ...]]:
    return lambda taxonomy, answers: options


def _regions(taxonomy: Taxonomy, answers: Answers) -> tuple[str, ...]:
    return tuple(region.iso for region in taxonomy.regions_of(country_of(taxonomy, answers) or ""))


def _categories(taxonomy: Taxonomy, answers: Answers) -> tuple[str, ...]:
    return (UNSURE, *(category.code for category in taxonomy.categories))


def _subcategories(taxonomy: Taxonomy, answers: Answers) -> tuple[str, ...]:
    if not _sorted(taxonomy, answers):
        return ()
    return tuple(sub.code for sub in taxonomy.category(answers["category"]).subcategories)


def _sorted(taxonomy: Taxonomy, answers: Answers) -> bool:
    return answers.get("category", SKIPPED) not in (SKIPPED, UNSURE)


def country_of(taxonomy: Taxonomy, answers: Answers) -> str | None:
    """Her country: the answer, or the only one the hotline serves; None while unknown."""
    if len(taxonomy.countries) == 1:
        return taxonomy.countries[0]
    answer = answers.get("country", SKIPPED)
    return None if answer == SKIPPED else answer


QUESTIONS: tuple[Question, ...] = (
    Question("for_whom", _fixed("self", "other", "outreach")),
    Question("safe", _fixed(*YES_NO_UNKNOWN), lambda taxonomy, answers: answers.get("for_whom") == "other"),
    Question("age", _fixed(*AGES)),
    Question(
        "country",
        lambda taxonomy, answers: taxonomy.countries,
        lambda taxonomy, answers: len(taxonomy.countries) > 1,
    ),
    Question("region", _regions, lambda taxonomy, answers: country_of(taxonomy, answers) is not None),
    Question("category", _categories),
    Question("subcategory", _subcategories, _sorted),
    Question(
        "happened",
        _fixed(*HAPPENED),
        lambda taxonomy, answers: answers.get("category") not in _NO_EVENT,
    ),
    Question(
        "officials",
        _fixed(*YES_NO_UNKNOWN),
        lambda taxonomy, answers: answers.get("category") not in _NO_OFFICIALS,
    ),
    Question("words", _fixed("done"), written=True),
    Question("contact", _fixed(*Contact)),
    Question("hours", _fixed(*HOURS), lambda taxonomy, answers: answers.get("contact") == Contact.THESE_HOURS),
    Question("share", _fixed(*YES_NO)),
    Question("statistics", _fixed(*YES_NO)),
    Question("follow_up", _fixed(*YES_NO)),
)

_BY_KEY = {question.key: question for question in QUESTIONS}


def question(key: str) -> Question:
    """The question with this key. Raises OutOfDate for a key that is none (a forged button)."""
    if key not in _BY_KEY:
        raise OutOfDate("refusal.old_button")
    return _BY_KEY[key]


def asked(taxonomy: Taxonomy, answers: Answers, questions: Questions = QUESTIONS) -> list[Question]:
    """The questions these answers lead through, in order."""
    return [each for each in questions if each.asked(taxonomy, answers)]


def position(taxonomy: Taxonomy, answers: Answers, questions: Questions = QUESTIONS) -> Question | None:
    """The question that comes next; None when only the summary is left."""
    return next((each for each in asked(taxonomy, answers, questions) if each.key not in answers), None)


def answer(
    taxonomy: Taxonomy, answers: Answers, key: str, option: str, now: datetime, questions: Questions = QUESTIONS
) -> dict[str, str]:
    """The answers with this one added. Raises OutOfDate when it is not this question's turn or no option of it."""
    here = position(taxonomy, answers, questions)
    if here is None or here.key != key or option not in (*here.options(taxonomy, answers), SKIPPED):
        raise OutOfDate("refusal.old_button")
    said = {HAPPENED_SAID: now.isoformat()} if key == "happened" else {}
    return _fitting(taxonomy, {**answers, **said, key: option}, questions)


def change(taxonomy: Taxonomy, answers: Answers, key: str) -> dict[str, str]:
    """The answers without this one, so that it is asked again; the others stay as far as they still fit."""
    if key not in answers:
        raise OutOfDate("refusal.old_button")
    gone = (key, HAPPENED_SAID) if key == "happened" else (key,)
    return {each: value for each, value in answers.items() if each not in gone}


def preferring(answers: Answers, woman: bool) -> dict[str, str]:
    """The answers with her wish for a woman, or without it."""
    rest = {each: value for each, value in answers.items() if each != PREFERS_WOMAN}
    return rest | ({PREFERS_WOMAN: "yes"} if woman else {})


def back(taxonomy: Taxonomy, answers: Answers, questions: Questions = QUESTIONS) -> dict[str, str] | None:
    """The answers one screen earlier; None at the first screen."""
    here = position(taxonomy, answers, questions)
    before: list[str] = []
    for each in asked(taxonomy, answers, questions):
        if here is not None and each.key == here.key:
            break
        before.append(each.key)
    return change(taxonomy, answers, before[-1]) if before else None


def _fitting(taxonomy: Taxonomy, answers: Answers, questions: Questions) -> dict[str, str]:
    kept: dict[str, str] = {}
    for each in questions:
        given = answers.get(each.key)
        if given is None or not each.asked(taxonomy, kept):
            continue
        if given == SKIPPED or given in each.options(taxonomy, kept):
            kept[each.key] = given
    if "happened" in kept and HAPPENED_SAID in answers:
        kept[HAPPENED_SAID] = answers[HAPPENED_SAID]
    return preferring(kept, PREFERS_WOMAN in answers)


def kind_of(taxonomy: Taxonomy, answers: Answers) -> tuple[str, str | None]:
    """The category and the sub-category the appeal is counted under; unsorted when she chose neither."""
    if not _sorted(taxonomy, answers):
        return UNSORTED
    chosen = answers.get("subcategory", SKIPPED)
    return answers["category"], None if chosen == SKIPPED else chosen


def happened_of(answers: Answers, now: datetime) -> tuple[datetime | None, datetime | None]:
    """The earliest and the latest moment of what happened, as she said it; neither when she said neither what nor when.

    Only *when* passed over, or kept without the moment of the answer: at any time, so nothing has surely closed.
    """
    given = answers.get("happened")
    if given is None or given == SKIPPED == answers.get("subcategory", SKIPPED):
        return None, None
    if given == SKIPPED or HAPPENED_SAID not in answers:
        return happened_between("unknown", now)
    return happened_between(given, datetime.fromisoformat(answers[HAPPENED_SAID]))


def filled_in(file: CaseFile, taxonomy: Taxonomy, answers: Answers) -> CaseFile:
    """The case file with what she answered; a skipped question leaves its place empty, a skipped consent is a no."""

    def given(key: str) -> str | None:
        value = answers.get(key, SKIPPED)
        return None if value == SKIPPED else value

    earliest, latest = happened_of(answers, file.submitted_at)
    return replace(
        file,
        country=country_of(taxonomy, answers),
        region=given("region"),
        for_whom=given("for_whom"),
        safe_to_contact=given("safe"),
        age=given("age"),
        happened=given("happened"),
        happened_from=earliest,
        happened_until=latest,
        officials="yes" if answers.get("category") == "POL" else given("officials"),
        contact=_contact(given("contact")),
        hours=given("hours"),
        prefers_woman=PREFERS_WOMAN in answers,
        consents=Consents(
            share=given("share") == "yes",
            statistics=given("statistics") == "yes",
            follow_up=given("follow_up") == "yes",
        ),
    )


def _contact(given: str | None) -> Contact | None:
    return Contact(given) if given else None
