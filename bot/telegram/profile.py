"""How the bot presents itself where anybody may see it: its descriptions, neutral, in each language.

The name is given at @BotFather by whoever sets the bot up; `zhanynda check` looks at it too.
"""

from aiogram import Bot
from aiogram.exceptions import AiogramError

from bot.content import telling
from bot.i18n import LANGUAGES, label, text
from bot.logs import logger

log = logger(__name__)


async def present(bot: Bot) -> None:
    """See to it that the descriptions are ours. It may fail: then they stay as they are until the next start."""
    try:
        for language in (None, *LANGUAGES):
            await _describe(bot, language)
    except (AiogramError, TimeoutError) as error:
        log.info("the descriptions were not set", why=type(error).__name__)


async def telling_word(bot: Bot) -> str | None:
    """A word in the bot's names or descriptions that tells what it is about; None when there is none."""
    me = await bot.me()
    for words in (me.first_name, (me.username or "").replace("_", " ")):
        if found := telling(words):
            return found
    for language in (None, *LANGUAGES):
        name = await bot.get_my_name(language_code=language)
        description = await bot.get_my_description(language_code=language)
        short = await bot.get_my_short_description(language_code=language)
        if found := telling(f"{name.name}\n{description.description}\n{short.short_description}"):
            return found
    return None


async def _describe(bot: Bot, language: str | None) -> None:
    """Both texts in one language; None is what everybody else sees, so it stands in all four."""
    whole, short = text(language, "profile.description"), label(language, "profile.short")
    if (await bot.get_my_description(language_code=language)).description != whole:
        await bot.set_my_description(description=whole, language_code=language)
    if (await bot.get_my_short_description(language_code=language)).short_description != short:
        await bot.set_my_short_description(short_description=short, language_code=language)
