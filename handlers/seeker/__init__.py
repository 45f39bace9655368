"""The help-seeker's doors."""

from aiogram import Router

from handlers.seeker import consents, danger, home, intake, my_data, words


def routers() -> list[Router]:
    """Danger first, her own words last."""
    return [danger.router(), home.router(), my_data.router(), consents.router(), intake.router(), words.router()]
