"""What the buttons of the weekly counts carry."""

from aiogram.filters.callback_data import CallbackData


class WeekTable(CallbackData, prefix="wt"):
    """One table of a week; `within`: of the category table, the sub-categories of this one."""

    year: int
    number: int
    table: str
    within: str = ""
