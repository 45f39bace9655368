"""The help-seeker's doors."""

from aiogram import Router

from handlers.seeker import consents, danger, erasure, hiding, home, intake, my_data, notices, reading, words


def routers() -> list[Router]:
    """Danger and hide first, her own words last."""
    return [
        danger.router(),
        hiding.router(),
        home.router(),
        my_data.router(),
        consents.router(),
        notices.router(),
        erasure.router(),
        reading.router(),
        intake.router(),
        words.router(),
    ]
