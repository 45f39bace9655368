"""A month by buttons, and the hours of a day. What can't be chosen stands there and leads nowhere."""

from calendar import Calendar
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton
from babel.dates import format_date, get_day_names

from bot.telegram.agenda_buttons import Blank
from bot.telegram.keyboards import Row, named

NOTHING = "·"
HOURS_A_ROW = 4


def month_rows(
    language: str | None,
    month: date,
    allowed: tuple[date, date],
    day_data: Callable[[date], CallbackData],
    month_data: Callable[[date], CallbackData],
) -> list[Row]:
    """A month from Monday to Sunday: arrows where there is anything beyond, and only days that are `allowed`."""
    first, last = allowed
    before, after = month.replace(day=1) - timedelta(days=1), (month.replace(day=1) + timedelta(days=32)).replace(day=1)
    head = [_blank(format_date(month, "LLLL y", locale=language or "en").capitalize())]
    arrows = [
        named("‹", month_data(before)) if before >= first else _blank(),
        named("›", month_data(after)) if after <= last else _blank(),
    ]
    weeks = Calendar(0).monthdatescalendar(month.year, month.month)
    days = [
        [
            named(str(day.day), day_data(day)) if day.month == month.month and first <= day <= last else _blank()
            for day in week
        ]
        for week in weeks
    ]
    return [head, [_blank(each) for each in _weekdays(language)], *days, arrows]


def hour_rows(hours: Sequence[int], open_: Callable[[int], bool], data: Callable[[int], CallbackData]) -> list[Row]:
    """The hours of a day; only those that are open."""
    buttons = [named(f"{hour}:00", data(hour)) if open_(hour) else _blank() for hour in hours]
    return [buttons[start : start + HOURS_A_ROW] for start in range(0, len(buttons), HOURS_A_ROW)]


def _weekdays(language: str | None) -> list[str]:
    names = get_day_names("short", "stand-alone", locale=language or "en")
    return [names[weekday].rstrip(".").capitalize() for weekday in range(7)]


def _blank(words: str = NOTHING) -> InlineKeyboardButton:
    return named(words, Blank())
