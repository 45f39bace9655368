"""What is ordered is made: read in one short transaction, made outside any, put into the outbox in another.

The order ends in the commit that puts the file into the outbox, so what is made is sent once: whoever is killed between
leaves the order, which is due again a little later. Nothing that goes wrong with one of them stops the others.
"""

from typing import Protocol

from bot.domain.errors import Refusal
from bot.domain.order import Material, NotMade, Order
from bot.logs import logger
from bot.services import orders
from bot.settings import Settings
from bot.storage.engine import Database

log = logger(__name__)


class Render(Protocol):
    """Makes a chart or a file, away from everything else. Raises NotMade."""

    async def __call__(self, material: Material) -> bytes:
        """The bytes of the file."""


async def make_next(database: Database, settings: Settings, render: Render) -> int:
    """The order whose turn it is; how many were taken up: none, or one."""
    async with database.unit_of_work(leading=True) as uow:
        order = await orders.take(uow)
    if order is None:
        return 0
    try:
        await _make(database, settings, render, order)
    except Refusal as why:
        log.info("what was ordered is not given", what=order.asked.what, why=why.key)
        async with database.unit_of_work(leading=True) as uow:
            await orders.refuse(uow, order, why)
    except NotMade as error:
        log.warning("what was ordered could not be made", what=order.asked.what, tried=order.tried, why=error.why)
        if order.last_try:
            await _give_up(database, order)
    return 1


async def _make(database: Database, settings: Settings, render: Render, order: Order) -> None:
    if order.given_up:
        await _give_up(database, order)
        return
    async with database.unit_of_work(leading=True) as uow:
        material = await orders.read(uow, settings, order)
    made = await render(material)
    async with database.unit_of_work(leading=True) as uow:
        await orders.send(uow, order, made)


async def _give_up(database: Database, order: Order) -> None:
    async with database.unit_of_work(leading=True) as uow:
        await orders.give_up(uow, order)
