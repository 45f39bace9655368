"""Which commands a person's menu shows in a chat (Bot API, BotCommandScope, "Determining list of commands")."""

from collections.abc import Iterator

from sandbox.chats import Chat, Group
from sandbox.message import Raw
from sandbox.methods.profile import scope_key
from sandbox.people import Account
from sandbox.world import World


def visible_commands(world: World, account: Account, chat: Chat) -> list[Raw]:
    """The first list found, from the narrowest scope to the widest, her language first in each."""
    for scope in _scopes(account, chat):
        for language in (account.language_code[:2], ""):
            found = world.commands.get((scope_key(scope), language))
            if found:
                return found
    return []


def _scopes(account: Account, chat: Chat) -> Iterator[Raw]:
    if isinstance(chat, Group):
        is_admin = chat.roles.get(account.id) in ("creator", "administrator")
        yield {"type": "chat_member", "chat_id": chat.id, "user_id": account.id}
        if is_admin:
            yield {"type": "chat_administrators", "chat_id": chat.id}
        yield {"type": "chat", "chat_id": chat.id}
        if is_admin:
            yield {"type": "all_chat_administrators"}
        yield {"type": "all_group_chats"}
    else:
        yield {"type": "chat", "chat_id": chat.id}
        yield {"type": "all_private_chats"}
    yield {"type": "default"}
