"""getUpdates and the webhook's settings (Bot API, "Getting updates")."""

import re
from urllib.parse import urlsplit

from sandbox.arguments import Arguments
from sandbox.message import Raw
from sandbox.methods.registry import Uploads, method
from sandbox.rules import Refused, bad
from sandbox.world import World

_PORTS = (80, 88, 443, 8443)
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@method("getUpdates")
async def get_updates(world: World, args: Arguments, uploads: Uploads) -> list[Raw]:
    """Confirm below the offset and return what waits, or wait for it; 409 beside a webhook."""
    if world.webhook:
        raise Refused(
            409,
            "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete "
            "the webhook first",
        )
    world.queue.allow(args.get("allowed_updates"))
    return await world.queue.get(args.get("offset") or 0, args.get("limit") or 100, args.get("timeout") or 0)


@method("setWebhook")
def set_webhook(world: World, args: Arguments, uploads: Uploads) -> bool:
    """Set or, with an empty address, remove it. Plain http is allowed to this machine only, on any port."""
    url = str(args.get("url") or "")
    if not url:
        return _remove(world, args)
    parts = urlsplit(url)
    if parts.hostname not in _LOOPBACK:
        if parts.scheme != "https":
            bad("bad webhook: An HTTPS URL must be provided for webhook")
        if (parts.port or 443) not in _PORTS:
            bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    secret = args.get("secret_token")
    if secret is not None and not _SECRET.fullmatch(secret):
        bad("secret token contains unallowed characters")
    connections = args.get("max_connections") or 40
    if not 1 <= connections <= 100:
        bad("max_connections must be 1-100")
    world.queue.allow(args.get("allowed_updates"))
    world.webhook = {"url": url, "secret_token": secret, "max_connections": connections}
    world.queue.interrupt("setWebhook request")
    if args.get("drop_pending_updates"):
        world.queue.drop()
    world.changed()
    return True


@method("deleteWebhook")
def delete_webhook(world: World, args: Arguments, uploads: Uploads) -> bool:
    """Go back to getUpdates."""
    return _remove(world, args)


def _remove(world: World, args: Arguments) -> bool:
    world.webhook = {}
    if args.get("drop_pending_updates"):
        world.queue.drop()
    world.changed()
    return True


@method("getWebhookInfo")
def get_webhook_info(world: World, args: Arguments, uploads: Uploads) -> Raw:
    """Tell the webhook's settings, its last failure and how much waits."""
    info: Raw = {
        "url": world.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": world.queue.count(),
    }
    for field in ("max_connections", "last_error_date", "last_error_message"):
        if world.webhook.get(field):
            info[field] = world.webhook[field]
    if world.queue.allowed is not None:
        info["allowed_updates"] = sorted(world.queue.allowed)
    return info
