"""While nobody has taken her case: she is told so honestly, by her contact choice, with what to do until then.

Two clocks may run for one case: the limit of its urgency, and the ten minutes after *danger now*. While she looks at
her chat the second speaks, and the first is silent; what was said last is the only thing that waits to be said.
"""

from bot.domain.case import Case, Queued
from bot.domain.follow_up import Nudge, Reminder, ReminderKind, judge_waiting
from bot.services import danger, duty
from bot.services.queue import waiting_slot
from bot.services.reach import is_there, tell
from bot.settings import Settings
from bot.storage.unit_of_work import UnitOfWork
from bot.telegram.messages import seeker as messages


async def look(uow: UnitOfWork, settings: Settings, reminder: Reminder, case: Case) -> None:
    """Ten minutes more have passed since she called whoever is on duty."""
    her = await uow.people.get(case.file.seeker)
    there = is_there(her, case.file, settings, uow.now)
    verdict = judge_waiting(reminder.stage, case, uow.now, there=there)
    await uow.reminders.again(reminder, verdict.again, verdict.stage)
    if verdict.nudge is Nudge.TELL_HER:
        await danger.still_calling(uow, settings, her, case.file.code, reminder.stage)


async def limit_passed(uow: UnitOfWork, settings: Settings, case: Queued) -> None:
    """The limit of its urgency has passed once more. In a chat she has hidden nothing of it piles up."""
    her, code = await uow.people.get(case.file.seeker), case.file.code
    called = await uow.reminders.find(code, ReminderKind.WAITING) is not None
    if her.hidden or (called and is_there(her, case.file, settings, uow.now)):
        return
    expected = await duty.expected(uow, settings, her, case)
    said, slot = messages.still_waiting(her, code, expected), waiting_slot(code)
    await tell(uow, settings, case.file, said, slot=slot, replaceable=True, by_itself=True)
