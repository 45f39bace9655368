"""Who else helps, as a help-seeker reads it: names, numbers, when and whether for free. The first line is neutral."""

from collections.abc import Sequence

from aiogram.methods import EditMessageText, SendMessage

from bot.domain.directory import Looking, Service, ServiceKind
from bot.domain.people import LANGUAGES, Person
from bot.domain.police import PoliceLink
from bot.domain.triage import Region
from bot.i18n import Markup, text, title
from bot.telegram.callbacks import Place
from bot.telegram.keyboards import Row, at_hand, button, go, keyboard, named
from bot.telegram.messages.common import answer_name, category_name, lines, paragraphs, region_name, screen
from bot.telegram.service_buttons import Near, NearWhere

PAGE = 4
"""Services on a screen: more can't be taken in at a glance."""

REGIONS = 8


def countries(person: Person, listed: Sequence[str], on: int | None) -> SendMessage | EditMessageText:
    """In which country?"""
    language = person.language
    each = [named(answer_name(language, "country", country), Near(country=country)) for country in listed]
    markup = keyboard(each, at_hand(language), [go(language, "button.home", Place.HOME)])
    return screen(person, text(language, "nearby.where"), markup, on)


def near(
    person: Person, found: Sequence[Service], looking: Looking, *, offer: str, on: int | None
) -> SendMessage | EditMessageText:
    """A page of what helps there. `offer`: the category she wrote about, for which the list can be shortened."""
    language, pages = person.language, max(1, -(-len(found) // PAGE))
    page = looking.page % pages
    place = (
        region_name(language, looking.region) if looking.region else answer_name(language, "country", looking.country)
    )
    about = category_name(language, looking.category) if looking.category else None
    words = paragraphs(
        text(language, "nearby", place=place),
        text(language, "nearby.about", name=about) if about else None,
        *(_entry(language, each) for each in found[page * PAGE : (page + 1) * PAGE]),
        None if found else text(language, "nearby.none"),
    )
    return screen(person, words, keyboard(*_ways(person, looking, offer, page, pages)), on)


def regions(
    person: Person, listed: Sequence[Region], looking: Looking, countries: Sequence[str], on: int | None
) -> SendMessage | EditMessageText:
    """In which region, or in the other country?"""
    language, pages = person.language, max(1, -(-len(listed) // REGIONS))
    page = looking.page % pages
    place = {"country": looking.country, "category": looking.category}
    rows: list[Row] = [
        [named(title(language, each.title), Near(**place, region=each.iso))]
        for each in listed[page * REGIONS : (page + 1) * REGIONS]
    ]
    if pages > 1:
        rows.append([button(language, "button.more", NearWhere(**place, page=(page + 1) % pages))])
    rows.append([button(language, "nearby.everywhere", Near(**place))])
    rows += [
        [named(answer_name(language, "country", other), Near(country=other, category=looking.category))]
        for other in countries
        if other != looking.country
    ]
    return screen(person, text(language, "nearby.where"), keyboard(*rows, at_hand(language)), on)


def _ways(person: Person, looking: Looking, offer: str, page: int, pages: int) -> list[Row]:
    language = person.language
    here = Near(country=looking.country, region=looking.region, category=looking.category, page=page)
    more = button(language, "button.more", here.model_copy(update={"page": (page + 1) % pages}))
    other = "" if looking.category else offer
    narrow = button(
        language,
        "nearby.all" if looking.category else "nearby.only",
        here.model_copy(update={"category": other, "page": 0}),
    )
    where = NearWhere(country=looking.country, category=looking.category)
    return [
        [more] if pages > 1 else [],
        [narrow] if looking.category or other else [],
        [button(language, "nearby.place", where)],
        [go(language, "button.person", Place.TALK)],
        at_hand(language),
        [go(language, "button.home", Place.HOME)],
    ]


def _entry(language: str | None, service: Service) -> Markup:
    """One service; the way to a shelter is never shown, only its number."""
    names = dict.fromkeys(service.name(each) for each in ((language,) if language else LANGUAGES))
    sheltered = service.kind is ServiceKind.SHELTER
    police = None if service.police_linked is PoliceLink.NO else text(language, _POLICE[service.police_linked])
    reached = (
        ", ".join(service.phones),
        f"WhatsApp {service.whatsapp}" if service.whatsapp else "",
        "" if sheltered else service.website,
    )
    said = (_hours(language, service), text(language, "nearby.free") if service.is_free else None)
    return lines(
        text(language, "nearby.name", name=" · ".join(names)),
        text(language, "nearby.reached", ways=" · ".join(each for each in reached if each)),
        Markup(" · ".join(each for each in said if each)),
        police,
    )


_POLICE = {PoliceLink.YES: "nearby.police", PoliceLink.DISPATCH: "nearby.dispatch"}


def _hours(language: str | None, service: Service) -> Markup | None:
    answers = service.answers
    if answers is None:
        return None
    if answers.first is None:
        return text(language, "nearby.always")
    key = "nearby.weekdays" if answers.weekdays else "nearby.hours"
    return text(language, key, first=answers.first, last=answers.last)
