"""What people do: Telegram events, each to one service call. The order of the routers is visible here at once."""

from aiogram import Router

from handlers import (
    blocking,
    broadcast,
    complaints,
    directory,
    duty,
    entering,
    fallback,
    groups,
    hand_all,
    journal,
    operators,
    phrasing,
    reporting,
    retention,
    seeker,
    team,
    wording,
)
from handlers.lawyer import agenda, coding, conversation, desk, fit, referring, replies, work
from handlers.seeker import notebook, return_code, wishes


def routers() -> list[Router]:
    """All routers, asked in this order."""
    return [
        operators.router(),
        wishes.in_front(),
        notebook.in_front(),
        return_code.router(),
        notebook.router(),
        work.router(),
        broadcast.router(),
        hand_all.router(),
        team.router(),
        groups.router(),
        directory.router(),
        entering.router(),
        phrasing.router(),
        wording.router(),
        reporting.router(),
        duty.router(),
        blocking.router(),
        journal.router(),
        complaints.router(),
        agenda.router(),
        desk.router(),
        replies.router(),
        fit.router(),
        referring.router(),
        coding.router(),
        retention.router(),
        conversation.router(),
        *seeker.routers(),
        fallback.router(),
    ]
