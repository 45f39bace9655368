"""Danger now: numbers first, each named by who answers; and an answer of its own to each kind of danger.

Which numbers may be shown is decided before (`services/police_safe.py`). The hours of HIV prophylaxis (72, best within
24) are WHO's of 2024, those of emergency contraception (120) WHO's of 2016; an examination, what to keep, who may be
told and the first words when held: `content/facts.csv` D1 to D4, D16, D26, D27, D30.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.methods import SendMessage

from bot.domain.danger import DangerKind
from bot.domain.directory import Service
from bot.domain.ids import CaseCode
from bot.domain.people import Person
from bot.domain.police import PoliceLink
from bot.i18n import LANGUAGES, Markup, label, text
from bot.telegram.callbacks import CallFrom, InDanger, Place
from bot.telegram.keyboards import Row, button, go, keyboard
from bot.telegram.messages.common import lines, message, paragraphs, region_name
from bot.telegram.messages.reading import offer
from bot.telegram.messages.windows import informed

STILL = 3
"""So many ways there are to say that nobody has come yet."""

TO_A_DOCTOR = (DangerKind.RAPED, DangerKind.WINDOW)
"""Kinds whose answer leads to a doctor: who may come to know of it is said with them."""


@dataclass(frozen=True)
class Numbers:
    """The numbers of a screen in their order. `officials`: one is involved, so a lawyer comes before who may send
    the police."""

    services: Sequence[Service]
    officials: bool = False


def danger(person: Person, numbers: Numbers, *, go_on: bool = False, warns: bool = False) -> SendMessage:
    """The emergency numbers of her country, of both while it is unknown; the windows; one tap to a lawyer.

    `go_on`: it stands between two questions, and the way back is the way on. `warns`: whoever is on duty hears of it
    in a minute, unless she says no.
    """
    language = person.language
    if language is None:
        return _in_all_four(person, numbers, warns=warns)
    words = paragraphs(
        text(language, "danger"),
        *_listed(language, numbers, text(language, "danger.call")),
        text(language, "danger.informed"),
        text(language, "danger.windows"),
        text(language, "danger.warns") if warns else None,
    )
    markup = keyboard(
        [go(language, "button.duty", Place.DUTY)],
        [go(language, "button.unwarn", Place.UNWARN)] if warns else [],
        [go(language, "button.kinds", Place.KINDS)],
        _ways(person, go_on),
    )
    return message(person, words, markup)


def kinds(person: Person) -> SendMessage:
    """What is happening? Two a row, for one hand and bad light; below the numbers, not in their place."""
    language = person.language
    each = [button(language, f"button.kind.{kind}", InDanger(kind=kind)) for kind in DangerKind]
    rows: list[Row] = [each[first : first + 2] for first in range(0, len(each), 2)]
    markup = keyboard([go(language, "button.duty", Place.DUTY)], *rows, _ways(person, go_on=False))
    return message(person, text(language, "danger.kinds"), markup)


def kind(
    person: Person,
    which: DangerKind,
    numbers: Numbers,
    countries: Sequence[str],
    *,
    go_on: bool = False,
    warns: bool = False,
) -> SendMessage:
    """What helps in this kind of danger: short, and the lawyer on duty first of the buttons and last of the words."""
    language = person.language
    call = text(language, "danger.call")
    listening = [_who_listens(language, numbers), call]
    words = paragraphs(
        text(language, f"danger.kind.{which}"),
        informed(language, countries) if which in TO_A_DOCTOR else None,
        *(listening if which is DangerKind.SUICIDE else _listed(language, numbers, call)),
        text(language, "danger.warns") if warns else None,
    )
    markup = keyboard(
        [button(language, "button.duty", CallFrom(kind=which))],
        [go(language, "button.unwarn", Place.UNWARN)] if warns else [],
        *offer(language, which),
        [go(language, "button.danger", Place.DANGER)],
        _ways(person, go_on),
    )
    return message(person, words, markup)


def still_calling(person: Person, code: CaseCode, numbers: Numbers, turn: int, kind: DangerKind | None) -> SendMessage:
    """Nobody has come yet. The words change, so that it doesn't look like a machine that hangs; the numbers stay."""
    language = person.language
    listed = [_who_listens(language, numbers)] if kind is DangerKind.SUICIDE else _listed(language, numbers, None)
    words = paragraphs(text(language, f"duty.still.{turn % STILL}", code=code), *listed)
    ways = [go(language, "button.danger", Place.DANGER), go(language, "button.hide", Place.HIDE)]
    return message(person, words, keyboard([go(language, "button.kinds", Place.KINDS)], ways))


def warning(coordinator: Person, region: str | None, reads: str | None) -> SendMessage:
    """Somebody may be in danger. Who and what they wrote stays with them; where and in which language is all."""
    language = coordinator.language
    words = text(
        language,
        "coordinator.risk",
        region=region_name(language, region),
        reads=label(language, f"language.{reads}" if reads else "card.unknown"),
    )
    return message(coordinator, words)


def _in_all_four(person: Person, numbers: Numbers, *, warns: bool) -> SendMessage:
    """Nobody has chosen a language: everything in four, in its shortest form."""
    call = Markup(label(None, "button.duty.short"))
    words = paragraphs(
        text(None, "danger.short"),
        *_listed(None, numbers, call if numbers.officials else None),
        Markup(label(None, "danger.informed.short")),
        text(None, "danger.windows.short"),
        text(None, "danger.warns") if warns else None,
    )
    unwarn = [go(each, "button.unwarn", Place.UNWARN) for each in LANGUAGES] if warns else []
    duty = [go(each, "button.duty.short", Place.DUTY) for each in LANGUAGES]
    return message(person, words, keyboard(duty[:2], duty[2:], unwarn[:2], unwarn[2:], _ways(person, go_on=False)))


def _ways(person: Person, go_on: bool) -> Row:
    language = person.language
    on = go(language, "button.continue" if go_on else "button.back", Place.HERE)
    return [on, go(language, "button.hide", Place.HIDE)]


def _listed(language: str | None, numbers: Numbers, call: Markup | None) -> list[Markup | None]:
    """The numbers by country, then how a lawyer is called; before whoever may send the police, if that matters."""
    if not numbers.officials:
        return [*_by_country(language, numbers.services), call]
    apart = [each for each in numbers.services if each.police_linked != PoliceLink.DISPATCH]
    sends = [each for each in numbers.services if each.police_linked == PoliceLink.DISPATCH]
    return [*_by_country(language, apart), call, *_by_country(language, sends)]


def _by_country(language: str | None, services: Sequence[Service]) -> list[Markup]:
    countries = dict.fromkeys(each.country for each in services)
    return [
        lines(
            Markup(label(language, f"danger.country.{country}")),
            *(_number(language, each) for each in services if each.country == country),
        )
        for country in countries
    ]


def _number(language: str | None, service: Service) -> Markup:
    """One number and who answers; in one line also where nobody has chosen a language."""
    who = label(language, f"danger.who.{service.number}")
    return text(language or LANGUAGES[0], "danger.number", number=", ".join(service.phones), who=who)


def _who_listens(language: str | None, numbers: Numbers) -> Markup:
    """The trust lines, and the ambulance for the body."""
    return lines(
        *(
            text(
                language,
                "danger.crisis.ambulance" if each.number == "103" else f"danger.crisis.{each.country}",
                number=", ".join(each.phones),
            )
            for each in numbers.services
        )
    )
