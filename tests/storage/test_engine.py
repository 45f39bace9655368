"""The line to the database: one that is dead is noticed."""

import asyncio
import socket

from sqlalchemy.engine import make_url

from bot.storage.engine import DEAD_LINE, make_engine


async def test_a_machine_that_vanishes_with_the_database_is_noticed_in_seconds(postgres: str) -> None:
    """The server of the tests has no port; somebody passes on, so that there is a line."""
    url = make_url(postgres.replace("postgresql://", "postgresql+asyncpg://"))
    folder = str(url.query["host"])

    async def passed(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            writer.write(data)
        writer.close()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there = await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{url.port or 5432}")
        await asyncio.gather(passed(reader, there[1]), passed(there[0], writer))

    async with await asyncio.start_server(pass_on, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        engine = make_engine(url.set(host="127.0.0.1", port=port, query={"ssl": "disable"}).render_as_string(False))
        async with engine.connect() as connection:
            raw = (await connection.get_raw_connection()).driver_connection
            line: socket.socket = raw._transport.get_extra_info("socket")  # type: ignore[union-attr]
            assert [line.getsockopt(level, option) for level, option, _ in DEAD_LINE] == [
                value for _, _, value in DEAD_LINE
            ]
        await engine.dispose()
