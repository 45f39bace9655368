"""Messages of every audience: a text with buttons, and the names of things."""

import html
from collections.abc import Mapping, Sequence

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardMarkup, LinkPreviewOptions

from bot.content import duties_of, taxonomy
from bot.domain.case import CaseFile
from bot.domain.consent import Purpose
from bot.domain.people import Reader
from bot.domain.triage import Urgency
from bot.i18n import LANGUAGES, Markup, label, text, title

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
"""A preview would make Telegram's servers fetch the link."""

SIGNS = {each: each.sign for each in Urgency}


def said(reader: Reader, key: str, markup: InlineKeyboardMarkup | None = None, /, **params: object) -> SendMessage:
    """A text by its key, to one reader."""
    return message(reader, text(reader.language, key, **params), markup)


def message(
    reader: Reader, words: str, markup: InlineKeyboardMarkup | None = None, *, protected: bool = False
) -> SendMessage:
    """Words that are already in the reader's language. `protected`: can't be forwarded or saved (staff only)."""
    return SendMessage(
        chat_id=reader.account,
        text=words,
        parse_mode="HTML",
        link_preview_options=NO_PREVIEW,
        reply_markup=markup,
        protect_content=protected,
    )


def screen(
    reader: Reader, words: str, markup: InlineKeyboardMarkup | None = None, on: int | None = None
) -> SendMessage | EditMessageText:
    """A screen in place of the message that was tapped, or a new one."""
    if on is None:
        return message(reader, words, markup)
    return EditMessageText(
        chat_id=reader.account,
        message_id=on,
        text=words,
        parse_mode="HTML",
        link_preview_options=NO_PREVIEW,
        reply_markup=markup,
    )


def paragraphs(*parts: str | None) -> Markup:
    """Texts one under the other, an empty line between."""
    return Markup("\n\n".join(part for part in parts if part))


def lines(*parts: str | None) -> Markup:
    """Texts one under the other."""
    return Markup("\n".join(part for part in parts if part))


def quoted(*names: str) -> Markup:
    """Names from the content one under the other; nothing in them is markup."""
    return Markup(html.escape("\n".join(names), quote=False))


def region_name(language: str | None, iso: str | None) -> str:
    """A region's name; `not said` when it wasn't."""
    return title(language, taxonomy().region(iso).title) if iso else label(language, "card.unknown")


def category_name(language: str | None, code: str) -> str:
    """A category's name."""
    return title(language, taxonomy().category(code).title)


def subcategory_name(language: str | None, code: str) -> str:
    """A sub-category's name."""
    return title(language, taxonomy().subcategory(code).title)


def answer_name(language: str | None, question: str, option: str) -> str:
    """An answer of the questionnaire, in words."""
    if question == "region":
        return region_name(language, option)
    if question == "category" and option != "other":
        return category_name(language, option)
    if question == "subcategory":
        return subcategory_name(language, option)
    return label(language, f"option.{question}.{option}")


def answers_of(file: CaseFile) -> dict[str, str | None]:
    """Her answers by question, as the case file has them; consents as yes or no."""
    return {
        "for_whom": file.for_whom,
        "safe": file.safe_to_contact,
        "age": file.age,
        "country": file.country,
        "region": file.region,
        "category": file.category,
        "subcategory": file.subcategory,
        "happened": file.happened,
        "officials": file.officials,
        "contact": file.contact,
        "hours": file.hours,
        "prefers_woman": "yes" if file.prefers_woman else None,
    } | {purpose.value: "yes" if file.allows(purpose) else "no" for purpose in Purpose}


def duty_to_report(language: str | None, countries: Sequence[str]) -> Markup | None:
    """What must be reported about a person under 18, where a local lawyer has written it; None where none has."""
    return paragraphs(
        *(
            text(
                language,
                "duty.under_18",
                country=answer_name(language, "country", duty.country),
                words=_in(language, duty.text),
                version=duty.version,
            )
            for duty in duties_of(countries)
        )
    )


def _in(language: str | None, words: Mapping[str, str]) -> str:
    return words[language] if language else "\n".join(words[each] for each in LANGUAGES)
