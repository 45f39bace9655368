"""answerCallbackQuery: once, and soon."""

from sandbox.arguments import Arguments
from sandbox.methods.registry import Uploads, method
from sandbox.queries import CallbackAnswer
from sandbox.rules import CALLBACK_ANSWER_MAX, bad, utf16_len
from sandbox.world import World

_OLD = "query is too old and response timeout expired or query ID is invalid"


@method("answerCallbackQuery")
def answer_callback_query(world: World, args: Arguments, uploads: Uploads) -> bool:
    """Show a person what her tap did; 400 the second time or too late."""
    query = world.queries.get(str(args["callback_query_id"]))
    if query is None or query.answered or world.clock() - query.at > world.query_life:
        bad(_OLD)
    text = args.get("text") or None
    if text is not None and utf16_len(text) > CALLBACK_ANSWER_MAX:
        bad("MESSAGE_TOO_LONG")
    url = args.get("url") or None
    plain = (url or "").removeprefix("https://")
    if url is not None and not plain.startswith(f"t.me/{world.bot_username}?start="):
        bad("URL_INVALID")  # Bot API: only links "that open your bot with a parameter", games aside
    query.answered = True
    world.answers.append(
        CallbackAnswer(query.id, query.account.id, text, bool(args.get("show_alert")), url)
    )  # fmt: skip
    world.changed()
    return True
