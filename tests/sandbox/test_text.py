"""Text as Telegram reads it: HTML, lengths, entities."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.markup import formatted, parse_html
from sandbox.rules import Refused, utf16_len
from sandbox.telegram import Account
from tests.sandbox.conftest import Ask, Refusal


@pytest.mark.parametrize(
    ("html", "text", "types"),
    [
        ("<b>a</b> <i>b</i> <u>c</u> <s>d</s>", "a b c d", ["bold", "italic", "underline", "strikethrough"]),
        ("<strong>a</strong><em>b</em><ins>c</ins><del>d</del>", "abcd", None),
        ("<tg-spoiler>a</tg-spoiler><span class='tg-spoiler'>b</span>", "ab", ["spoiler", "spoiler"]),
        ("<code>a</code><pre>b</pre>", "ab", ["code", "pre"]),
        ('<pre><code class="language-py">x</code></pre>', "x", ["pre"]),
        ("<blockquote>a</blockquote><blockquote expandable>b</blockquote>", "ab", None),
        ('<a href="https://a.kz/?b=1&amp;c=2">a</a>', "a", ["text_link"]),
        ("<a href=''>a</a>", "a", []),
        ("&lt;&amp;&gt;&quot;&#39;&#x41; &nbsp;", "<&>\"'A &nbsp;", []),
        ("<B>a</B>", "a", ["bold"]),
        ("<b></b>x", "x", []),
    ],
)
def test_html_that_telegram_reads(html: str, text: str, types: list[str] | None) -> None:
    found, entities = parse_html(html)
    assert found == text
    if types is not None:
        assert [entity["type"] for entity in entities] == types


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<p>a</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("Ә <br>", 'Unsupported start tag "br" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<span class='x'>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<b =>a</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
    ],
)
def test_html_that_telegram_refuses(html: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_html(html)
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


@given(st.text(alphabet="<>/=&;\"' ab😀Ә\n", max_size=40))
def test_any_html_is_read_or_refused_and_entities_stay_inside(html: str) -> None:
    try:
        text, entities = formatted(html, "HTML", None)
    except Refused:
        return
    for entity in entities:
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= utf16_len(text)


def test_offsets_are_counted_in_utf16() -> None:
    assert parse_html("😀<b>a</b>")[1] == [{"type": "bold", "offset": 2, "length": 1}]


def test_white_space_at_the_ends_is_cut_and_entities_move() -> None:
    text, entities = formatted("  <b> a </b>\n", "HTML", None)
    assert (text, entities) == ("a", [{"type": "bold", "offset": 0, "length": 1}])


def test_telegram_finds_links_commands_and_mentions() -> None:
    text = "/start see https://adilet.zan.kz or @somebody or a@b.kz, call +7 701 000 00 00 #help"
    found = formatted(text, None, None)[1]
    types = ["bot_command", "url", "mention", "email", "phone_number", "hashtag"]
    assert [entity["type"] for entity in found] == types


def test_nothing_is_found_inside_a_link() -> None:
    found = formatted('<a href="https://a.kz">https://b.kz</a>', "HTML", None)[1]
    assert [entity["type"] for entity in found] == ["text_link"]


@pytest.mark.parametrize("text", ["", " \n ", "<b> </b>"])
async def test_an_empty_text(text: str, seeker: Account, refusal: Refusal) -> None:
    answer = await refusal("sendMessage", chat_id=seeker.id, text=text, parse_mode="HTML")
    assert answer == (400, "Bad Request: message text is empty")


async def test_4096_signs_after_entities_and_no_more(seeker: Account, ask: Ask, refusal: Refusal) -> None:
    await ask("sendMessage", chat_id=seeker.id, text=f"<b>{'Ә' * 4096}</b>", parse_mode="HTML")
    answer = await refusal("sendMessage", chat_id=seeker.id, text="a" * 4097)
    assert answer == (400, "Bad Request: message is too long")


async def test_1024_signs_in_a_caption_and_no_more(seeker: Account, ask: Ask, refusal: Refusal) -> None:
    files = {"photo": b"png"}
    await ask("sendPhoto", chat_id=seeker.id, caption="a" * 1024, files=files)
    answer = await refusal("sendPhoto", chat_id=seeker.id, caption="a" * 1025, files=files)
    assert answer == (400, "Bad Request: message caption is too long")


async def test_a_mention_needs_somebody_the_bot_knows(seeker: Account, ask: Ask) -> None:
    html = f'<a href="tg://user?id={seeker.id}">she</a> <a href="tg://user?id=5">nobody</a>'
    await ask("sendMessage", chat_id=seeker.id, text=html, parse_mode="HTML")
    assert [(entity["type"], entity["user"]["id"]) for entity in seeker.last.entities] == [("text_mention", seeker.id)]


async def test_entities_given_as_such(seeker: Account, ask: Ask, refusal: Refusal) -> None:
    bold = {"type": "bold", "offset": 0, "length": 2}
    await ask("sendMessage", chat_id=seeker.id, text="ab", entities=[bold])
    assert seeker.last.html == "<b>ab</b>"
    code, _ = await refusal("sendMessage", chat_id=seeker.id, text="ab", entities=[{**bold, "length": 3}])
    assert code == 400
    code, _ = await refusal("sendMessage", chat_id=seeker.id, text="ab", entities=[{**bold, "type": "loud"}])
    assert code == 400


async def test_an_unknown_parse_mode(seeker: Account, refusal: Refusal) -> None:
    answer = await refusal("sendMessage", chat_id=seeker.id, text="a", parse_mode="BBCode")
    assert answer == (400, "Bad Request: unsupported parse_mode")


async def test_half_an_emoji_is_no_text(seeker: Account, refusal: Refusal) -> None:
    code, text = await refusal("sendMessage", chat_id=seeker.id, text="\ud83d")
    assert (code, text) == (400, "Bad Request: strings must be encoded in UTF-8")


async def test_html_comes_back_as_it_was_sent(seeker: Account, ask: Ask) -> None:
    await ask("sendMessage", chat_id=seeker.id, text="<b>a &amp; <i>b</i></b>", parse_mode="HTML")
    assert seeker.last.text == "a & b"
    assert seeker.last.html == "<b>a &amp; <i>b</i></b>"
