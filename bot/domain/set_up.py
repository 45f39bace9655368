"""The set-up: what a hotline still needs before anybody is helped."""

from enum import StrEnum


class SetUp(StrEnum):
    """A step of the set-up, in the order in which they are taken."""

    GROUP = "group"
    LAWYERS = "lawyers"
    DUTY = "duty"
    SERVICES = "services"


def missing(*, groups: int, lawyers: int, shifts: int, to_call: int) -> list[SetUp]:
    """The steps that are still to be taken: no group, no lawyer, an empty rota, services nobody has called yet."""
    done = {SetUp.GROUP: groups, SetUp.LAWYERS: lawyers, SetUp.DUTY: shifts, SetUp.SERVICES: not to_call}
    return [step for step in SetUp if not done[step]]
