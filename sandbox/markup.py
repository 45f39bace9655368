"""Formatted text as Telegram reads it: HTML into plain text and entities, refusing what Telegram refuses.

The parser follows the open server (td, MessageEntity.cpp, parse_html); its messages are the server's own.
Allowed tags: Bot API, "HTML style".
"""

import re
from dataclasses import dataclass
from typing import Any, NoReturn

from sandbox.rules import bad, not_here, utf16_len

Entity = dict[str, Any]
TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji", "tg-time": "date_time",
}  # fmt: skip
_OTHERS = "mention hashtag cashtag bot_command url email phone_number expandable_blockquote text_mention"
ENTITY_TYPES = frozenset(TAGS.values()) | frozenset(_OTHERS.split())  # Bot API, MessageEntity
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));?")
_ATTRIBUTE = re.compile(r"\s*([^\s=>/\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9.-]+)(?=[\s>])))?")
_LINK = re.compile(r"(?:https?|tg|ton|mailto|tel)://?\S+|(?:mailto|tel):\S+|[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?", re.I)
_FOUND = re.compile(
    r"(?P<url>(?<![\w@])(?:https?://[^\s<>\"]+|(?:[a-z0-9-]+\.)+(?:com|org|net|kz|kg|ru|me|info|io)\b(?:/[^\s<>\"]*)?))"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<mention>(?<![\w@/])@[A-Za-z]\w{3,31})"
    r"|(?P<hashtag>(?<![\w#])#\w*[^\W\d]\w*)"
    r"|(?P<bot_command>(?<![\w/])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)"
    r"|(?P<phone_number>(?<![\w+])\+\d[\d \-()]{8,16}\d)",
    re.I,
)


@dataclass
class _Open:
    tag: str
    argument: str
    offset: int
    start: int


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """Turn Telegram's HTML into plain text and entities; a tag that is wrong is refused with 400."""
    return _Parser(text).run()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.out: list[str] = []
        self.offset = 0
        self.entities: list[Entity] = []
        self.open: list[_Open] = []

    def run(self) -> tuple[str, list[Entity]]:
        """Read from the first sign to the last."""
        position = 0
        while position < len(self.text):
            sign = self.text[position]
            if sign == "<":
                position = self._tag(position)
                continue
            if sign == "&" and (found := _character(self.text, position)):
                sign, position = found
            else:
                position += 1
            self.out.append(sign)
            self.offset += utf16_len(sign)
        if self.open:
            _wrong(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.out), self.entities

    def _at(self, position: int) -> str:
        return f"at byte offset {len(self.text[:position].encode())}"

    def _tag(self, begin: int) -> int:
        return self._end(begin) if self.text.startswith("</", begin) else self._start(begin)

    def _start(self, begin: int) -> int:
        match = re.compile(r"[^\s>]*").match(self.text, begin + 1)
        assert match is not None
        position, name = match.end(), match.group().lower()
        if position >= len(self.text):
            _wrong(f"Unclosed start tag {self._at(begin)}")
        if name not in TAGS:
            _wrong(f'Unsupported start tag "{name}" {self._at(begin)}')
        argument = ""
        while self.text[position] != ">":
            rest = self.text[position:].lstrip()
            position = len(self.text) - len(rest)
            if rest.startswith(">"):
                break
            found = _ATTRIBUTE.match(self.text, position)
            if not rest:
                _wrong(f"Unclosed start tag {self._at(begin)}")
            if found is None:
                _wrong(f'Empty attribute name in the tag "{name}" {self._at(begin)}')
            position = found.end()
            if position >= len(self.text) or self.text[position] == "=":
                _wrong(f"Unclosed start tag {self._at(begin)}")
            value = next((part for part in found.groups()[1:] if part is not None), None)
            argument = _argument(name, found[1].lower(), None if value is None else _decode(value), argument)
        if name == "span" and argument != "spoiler":
            _wrong(f'Tag "span" must have class "tg-spoiler" {self._at(begin)}')
        self.open.append(_Open(name, argument, self.offset, len(self.out)))
        return position + 1

    def _end(self, begin: int) -> int:
        if not self.open:
            _wrong(f"Unexpected end tag {self._at(begin)}")
        match = re.compile(r"([^\s>]*)\s*").match(self.text, begin + 2)
        assert match is not None
        if self.text[match.end() : match.end() + 1] != ">":
            _wrong(f"Unclosed end tag {self._at(begin)}")
        last = self.open.pop()
        if match[1] and match[1].lower() != last.tag:
            _wrong(f'Unmatched end tag {self._at(begin)}, expected "</{last.tag}>", found "</{match[1]}>"')
        if self.offset > last.offset:
            self._close(last)
        return match.end() + 1

    def _close(self, tag: _Open) -> None:
        entity: Entity = {"type": TAGS[tag.tag], "offset": tag.offset, "length": self.offset - tag.offset}
        if tag.tag == "a":
            entity["url"] = tag.argument or "".join(self.out[tag.start :])
            if not _LINK.fullmatch(entity["url"]):
                return  # the server drops a link that leads nowhere
        elif tag.tag == "blockquote" and tag.argument:
            entity["type"] = "expandable_blockquote"
        elif tag.tag == "tg-emoji":
            entity["custom_emoji_id"] = tag.argument
        elif tag.tag == "tg-time":
            entity["unix_time"] = int(tag.argument) if tag.argument.isdigit() else 0
        elif tag.tag in ("pre", "code") and self._join_code(tag, entity):
            return
        self.entities.append(entity)

    def _join_code(self, tag: _Open, entity: Entity) -> bool:
        """<pre><code class="language-x"> is one entity: a block with a language."""
        last = self.entities[-1] if self.entities else {}
        same = all(last.get(key) == entity[key] for key in ("offset", "length"))
        if tag.tag == "pre" and same and last.get("type") == "code":
            last["type"] = "pre"
            return True
        if tag.tag == "code" and tag.argument:
            entity["language"] = tag.argument
        return False


def _argument(tag: str, name: str, value: str | None, before: str) -> str:
    if tag == "blockquote" and name == "expandable":
        return "1"
    if value is None:
        return before
    if (tag, name) in (("a", "href"), ("tg-emoji", "emoji-id"), ("tg-time", "unix")):
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return before


def _character(text: str, position: int) -> tuple[str, int] | None:
    match = _CHARACTER.match(text, position)
    if match is None:
        return None
    if match[1]:
        return _NAMED[match[1]], match.end()
    code = int(match[2]) if match[2] else int(match[3], 16)
    if code == 0 or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return None
    return chr(code), match.end()


def _decode(value: str) -> str:
    return _CHARACTER.sub(lambda match: (_character(match.group(), 0) or (match.group(), 0))[0], value)


def _wrong(reason: str) -> NoReturn:
    bad(f"can't parse entities: {reason}")


def formatted(text: str, parse_mode: str | None, entities: list[Entity] | None) -> tuple[str, list[Entity]]:
    """Read what a bot sent: parse or check, trim as the server does, and find the links and commands in it."""
    if any(0xD800 <= ord(sign) <= 0xDFFF for sign in text):
        bad("strings must be encoded in UTF-8")
    mode = (parse_mode or "").lower()
    if mode == "html":
        text, found = parse_html(text)
    elif mode in ("markdown", "markdownv2"):
        not_here(f"parse_mode {parse_mode}")
    elif mode:
        bad("unsupported parse_mode")
    else:
        found = checked(text, entities or [])
    text, found = _trim(text, found)
    return text, with_found(text, found)


def checked(text: str, entities: list[Entity]) -> list[Entity]:
    """Check entities that were given as such; one outside the text is dropped, as the server does."""
    kept: list[Entity] = []
    for entity in entities:
        if entity.get("type") not in ENTITY_TYPES:
            bad(f"can't parse MessageEntity: Unsupported type {entity.get('type')!r} of entity specified")
        if entity["offset"] < 0 or entity["length"] <= 0:
            continue
        if entity["offset"] + entity["length"] > utf16_len(text):
            bad("entity ends beyond the text")
        kept.append(entity)
    return kept


def _trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Cut white space off both ends and move the entities with it."""
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    end, kept = utf16_len(text), []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        stop = min(end, entity["offset"] + entity["length"] - lead)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return text, kept


def with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """Add what Telegram finds by itself (links, commands, mentions), and sort: outer entities first."""
    taken = [(entity["offset"], entity["offset"] + entity["length"]) for entity in entities]
    found = list(entities)
    for match in _FOUND.finditer(text):
        start = utf16_len(text[: match.start()])
        stop = start + utf16_len(match.group())
        if all(stop <= begin or start >= end for begin, end in taken):
            found.append({"type": str(match.lastgroup), "offset": start, "length": stop - start})
    return sorted(found, key=lambda entity: (entity["offset"], -entity["length"]))
