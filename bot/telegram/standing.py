"""How the bot stands in a group, as Telegram tells it with an update."""

from aiogram.types import Chat, ChatMemberAdministrator, ChatMemberRestricted, ChatMemberUpdated
from aiogram.types.chat_member_union import ChatMemberUnion

from bot.domain.groups import Lack, Standing

GONE = ("kicked", "left")


def standing(event: ChatMemberUpdated) -> Standing:
    """What has changed for the bot in this group."""
    old, new = event.old_chat_member, event.new_chat_member
    return Standing(
        inside=_inside(new),
        new=_inside(new) and not _inside(old),
        freed=_silent(old) and not _silent(new),
        lacks=(*lacks(event.chat), *_of_member(new)),
    )


def lacks(chat: Chat) -> tuple[Lack, ...]:
    """What the group itself lacks: one with a public name can be read by anybody; a small one gets a new number."""
    public, small = bool(chat.username), chat.type == "group"
    return tuple(lack for lack, there in ((Lack.PUBLIC, public), (Lack.SMALL, small)) if there)


def _of_member(member: ChatMemberUnion) -> tuple[Lack, ...]:
    """An administrator is passed everything that is said there, and the hotline needs none of it.

    Source: core.telegram.org/bots/features, privacy mode.
    """
    leads = isinstance(member, ChatMemberAdministrator)
    return tuple(lack for lack, there in ((Lack.SILENT, _silent(member)), (Lack.LEADS, leads)) if there)


def _inside(member: ChatMemberUnion) -> bool:
    return member.status not in GONE and not (isinstance(member, ChatMemberRestricted) and not member.is_member)


def _silent(member: ChatMemberUnion) -> bool:
    return isinstance(member, ChatMemberRestricted) and not member.can_send_messages
