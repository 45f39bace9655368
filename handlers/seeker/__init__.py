"""The help-seeker's doors."""

from aiogram import Router

from handlers.seeker import (
    consents,
    danger,
    directory,
    erasure,
    hiding,
    home,
    intake,
    my_data,
    notices,
    reading,
    sharing,
    wishes,
    words,
)


def routers() -> list[Router]:
    """Danger and hide first, her own words last."""
    return [
        danger.router(),
        hiding.router(),
        wishes.router(),
        home.router(),
        my_data.router(),
        consents.router(),
        sharing.router(),
        notices.router(),
        directory.router(),
        erasure.router(),
        reading.router(),
        intake.router(),
        words.router(),
    ]
