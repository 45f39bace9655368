"""How the bot presents itself: commands by scope and language, name, descriptions, menu button."""

import json
import re

from sandbox.arguments import Arguments
from sandbox.message import Raw
from sandbox.methods.registry import Uploads, method
from sandbox.rules import COMMANDS_MAX, DESCRIPTION_MAX, NAME_MAX, SHORT_DESCRIPTION_MAX, bad
from sandbox.world import World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")  # Bot API, BotCommand
_LIMITS = {"name": NAME_MAX, "description": DESCRIPTION_MAX, "short_description": SHORT_DESCRIPTION_MAX}
_FIELDS = {"Name": "name", "Description": "description", "ShortDescription": "short_description"}


def _language(args: Arguments) -> str:
    code = args.get("language_code") or ""
    if code and not re.fullmatch(r"[a-z]{2}", code):
        bad("invalid language code specified")
    return str(code)


def _scope(world: World, args: Arguments) -> str:
    scope = {key: value for key, value in (args.get("scope") or {"type": "default"}).items() if value is not None}
    if "chat_id" in scope:
        scope["chat_id"] = world.known_chat(scope["chat_id"]).id
    return scope_key(scope)


def scope_key(scope: Raw) -> str:
    """The scope as the key of `commands`: JSON with sorted names."""
    return json.dumps(scope, sort_keys=True)


@method("setMyCommands")
def set_my_commands(world: World, args: Arguments, uploads: Uploads) -> bool:
    """Keep a list of commands for a scope and a language."""
    key = (_scope(world, args), _language(args))
    commands: list[Raw] = args["commands"]
    if len(commands) > COMMANDS_MAX:
        bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(str(command["command"]).removeprefix("/")):
            bad("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command["description"]).strip()) <= 256:
            bad("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[key] = [{**c, "command": c["command"].removeprefix("/")} for c in commands]
    world.changed()
    return True


@method("deleteMyCommands")
def delete_my_commands(world: World, args: Arguments, uploads: Uploads) -> bool:
    """Forget the list of a scope and a language."""
    world.commands.pop((_scope(world, args), _language(args)), None)
    world.changed()
    return True


@method("getMyCommands")
def get_my_commands(world: World, args: Arguments, uploads: Uploads) -> list[Raw]:
    """Answer with exactly that list, not with what a person would see (sandbox.menu does)."""
    return world.commands.get((_scope(world, args), _language(args)), [])


@method("setMyName", "setMyDescription", "setMyShortDescription")
def set_profile(world: World, args: Arguments, uploads: Uploads) -> bool:
    """Set name, description or short description for a language."""
    language = _language(args)
    for field, limit in _LIMITS.items():
        if field in args:
            if len(args[field]) > limit:
                bad(f"bot {field.replace('_', ' ')} is too long")
            world.profile[field, language] = args[field]
    world.changed()
    return True


def _getter(field: str) -> None:
    def get_profile(world: World, args: Arguments, uploads: Uploads) -> Raw:
        """Tell the text in a language, else the one for all languages."""
        asked = world.profile.get((field, _language(args)))
        default = world.bot_first_name if field == "name" else ""
        return {field: asked or world.profile.get((field, "")) or default}

    method(f"getMy{next(name for name, known in _FIELDS.items() if known == field)}")(get_profile)


for _field in _FIELDS.values():
    _getter(_field)


@method("setChatMenuButton")
def set_chat_menu_button(world: World, args: Arguments, uploads: Uploads) -> bool:
    """Set the menu button of one chat or of all."""
    chat = args.get("chat_id")
    world.menu_buttons[chat and int(chat)] = args.get("menu_button") or {"type": "default"}
    return True


@method("getChatMenuButton")
def get_chat_menu_button(world: World, args: Arguments, uploads: Uploads) -> Raw:
    """Tell the menu button of a chat, or the default."""
    chat = args.get("chat_id")
    own = world.menu_buttons.get(chat and int(chat))
    return own or world.menu_buttons.get(None) or {"type": "commands"}
