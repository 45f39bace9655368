"""What is taken for a number that leads to a person, and what is left alone, in four languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.intake import Kind, Piece
from bot.domain.masking import MASK, Trace, found, masked, traces

REVEALING = [
    ("менің нөмірім +7 701 123 45 67, хабарласыңыз", "менің нөмірім ▒▒▒, хабарласыңыз", Trace.PHONE),
    ("8 701 123 45 67 деген нөмір", "▒▒▒ деген нөмір", Trace.PHONE),
    ("ЖСН 990101300123", "ЖСН ▒▒▒", Trace.PERSONAL),
    ("мой номер 8(701)123-45-67", "мой номер ▒▒▒", Trace.PHONE),
    ("звоните 87011234567 87021234567", "звоните ▒▒▒ ▒▒▒", Trace.PHONE),
    ("пишите 701 123 45 67", "пишите ▒▒▒", Trace.PHONE),
    ("карта 4400 4301 1234 5678", "карта ▒▒▒", Trace.CARD),
    ("карта 4400430112345678.", "карта ▒▒▒.", Trace.CARD),
    ("карта 4400-4301-1234-5678", "карта ▒▒▒", Trace.CARD),
    ("почта aigul.b+1@mail.example.kz, да", "почта ▒▒▒, да", Trace.EMAIL),
    ("в телеге я @aigul_b97", "в телеге я ▒▒▒", Trace.ACCOUNT),
    ("вот https://t.me/aigul_b97 и всё", "вот ▒▒▒ и всё", Trace.ACCOUNT),
    ("t.me/+AbCdEf123", "▒▒▒", Trace.ACCOUNT),
    ("tg://user?id=123456", "▒▒▒", Trace.ACCOUNT),
    ("whatsapp wa.me/77011234567", "whatsapp ▒▒▒", Trace.ACCOUNT),
    ("call me: +1 (202) 555-0143", "call me: ▒▒▒", Trace.PHONE),
    ("my number is 0700123456", "my number is ▒▒▒", Trace.PHONE),
    ("id card 012345678", "id card ▒▒▒", Trace.PERSONAL),
    ("менин номерим 0700 12-34-56", "менин номерим ▒▒▒", Trace.PHONE),
    ("+996 555 123456 чалыңыз", "▒▒▒ чалыңыз", Trace.PHONE),
    ("996700123456", "▒▒▒", Trace.PHONE),
    ("(0555) 12 34 56", "▒▒▒", Trace.PHONE),
    ("555 123 456", "▒▒▒", Trace.PHONE),
    ("ПИН 21505199912345", "ПИН ▒▒▒", Trace.PERSONAL),
    ("\u202a+7 701 123 45 67\u202c", "\u202a▒▒▒\u202c", Trace.PHONE),
    ("+7\u00a0701\u00a0123\u00a045\u00a067", "▒▒▒", Trace.PHONE),
    ("20.11.2026 в 14:30 позвонил с 87011234567", "20.11.2026 в 14:30 позвонил с ▒▒▒", Trace.PHONE),
]

INNOCENT = [
    "2026-11-20",
    "20.11.2026 14:30 болды",
    "2026-11-20 14:30 и 2026-11-21 15:45",
    "150 000 тенге",
    "қарызым 150 000 000 теңге",
    "700 000 000 теңге",
    "700000000 сом",
    "$ 700 000 000",
    "1 500 000 000",
    "72 часа, лучше 24",
    "HIV: 72 h, 120 h",
    "KM48213, KM48214",
    "Абай 150/230, 45-пәтер",
    "Ивановка, 3-көчө, 12-үй",
    "улица Абая 15, кв. 7, 3 этаж",
    "звонили в 112, 103 и 102",
    "с 10:00 до 18:30, 5 дней",
    "статья 110, часть 2, 2014 год",
    "мне 19 лет, ему 45",
    "5000-7000 сом",
    "@ 5 o'clock, a@b",
    "2014 2015 2016",
    "😀 1990 жылы",
    "",
]


@pytest.mark.parametrize(("written", "seen", "trace"), REVEALING)
def test_what_leads_to_a_person_is_masked(written: str, seen: str, trace: Trace) -> None:
    assert masked(Piece(Kind.TEXT, written)).text == seen
    assert set(traces(Piece(Kind.TEXT, written))) == {trace}


@pytest.mark.parametrize("written", INNOCENT)
def test_what_only_looks_like_it_is_left_alone(written: str) -> None:
    assert found(written) == ()
    assert masked(Piece(Kind.TEXT, written)).text == written


def test_formatting_stays_where_it_was() -> None:
    words = "😀 87011234567 bold 😀 end"
    bold = words.index("bold")
    units = len(words[:bold].encode("utf-16-le")) // 2
    entities = (
        {"type": "bold", "offset": units, "length": 4},
        {"type": "italic", "offset": 3, "length": 11},
        {"type": "underline", "offset": 5, "length": units - 5 + 4},
        {"type": "text_link", "offset": units, "length": 4, "url": "https://t.me/somebody"},
    )
    seen = masked(Piece(Kind.TEXT, words, entities))
    assert seen.text == f"😀 {MASK} bold 😀 end"
    spans = {
        each["type"]: seen.text.encode("utf-16-le")[each["offset"] * 2 : (each["offset"] + each["length"]) * 2]
        for each in seen.entities
    }
    assert {name: span.decode("utf-16-le") for name, span in spans.items()} == {
        "bold": "bold", "italic": MASK, "underline": f"{MASK} bold",
    }  # fmt: skip


def test_a_link_that_hides_an_account_is_a_trace() -> None:
    link = {"type": "text_link", "offset": 0, "length": 4, "url": "tg://user?id=5"}
    assert traces(Piece(Kind.TEXT, "here", (link,))) == (Trace.ACCOUNT,)


def test_a_contact_and_a_place_are_traces() -> None:
    assert traces(Piece(Kind.CONTACT, "Aigul")) == (Trace.CONTACT,)
    assert traces(Piece(Kind.LOCATION, place=(43.2, 76.9))) == (Trace.LOCATION,)


@given(st.text())
def test_any_text_at_all(words: str) -> None:
    """What is masked holds nothing any more, and nothing else was touched."""
    seen = masked(Piece(Kind.TEXT, words)).text
    assert found(seen.replace(MASK, " | ")) == ()
    assert (seen == words) == (found(words) == ())
