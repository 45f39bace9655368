"""The picture as a phone shows it: whole, strong in contrast, with what is hidden drawn as hidden."""

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageColor

from bot.domain.report import Hidden
from bot.i18n import LANGUAGES, label
from bot.papers import chart
from bot.papers.words import paper
from tests.papers.reports import MADE, empty, team, told

DARK, LIGHT = "#17212B", "#FFFFFF"
"""The ground of a chat in Telegram's night and day themes."""


def _picture(file: bytes | None) -> Image.Image:
    assert file is not None
    return Image.open(io.BytesIO(file)).convert("RGB")


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""

    def light(colour: str) -> float:
        parts = [part / 255 for part in ImageColor.getrgb(colour)[:3]]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((light(one), light(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _count(picture: Image.Image, colour: str) -> int:
    wanted = ImageColor.getrgb(colour)
    return sum(number for number, each in picture.getcolors(1 << 24) or () if each == wanted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_a_phone_and_nothing_leaves_it(language: str) -> None:
    """The longest names there are: the edges stay empty, in each language."""
    said = paper(team(), language, MADE)
    rows = sorted((row for table in said.tables for row in table.rows), key=lambda row: len(row.name))[-chart.MOST :]
    long = replace(said, tables=(replace(said.tables[0], rows=tuple(replace(row, value=9999) for row in rows)),))
    picture = _picture(chart.drawn_up(long, before=1180))
    assert picture.width == 1000
    assert picture.height < 2300
    ground = ImageColor.getrgb(chart.PAPER)
    edge = chart.EDGE - 6
    for box in ((0, 0, edge, picture.height), (picture.width - edge, 0, picture.width, picture.height)):
        assert picture.crop(box).getcolors() == [(edge * picture.height, ground)]
    assert _count(picture, chart.BAR) > 20_000


def test_it_is_read_by_day_and_by_night() -> None:
    assert _contrast(chart.INK, chart.PAPER) > 12
    assert _contrast(chart.SOFT, chart.PAPER) > 7
    assert min(_contrast(each, chart.PAPER) for each in (chart.BAR, chart.WARNING)) > 4.5
    assert _contrast(chart.PAPER, DARK) > 12, "its own ground, so that the letters never lie on the theme's"
    assert _contrast(chart.INK, LIGHT) > 12


def test_a_hidden_number_is_no_bar() -> None:
    """Hatched and short, of the same length whatever it hides."""
    hidden = replace(told(), tables={"category": {"IPV": Hidden.FEW, "SEX": Hidden.MORE}})
    counted = replace(told(), tables={"category": {"IPV": 4, "SEX": 3}})
    drawn, plain = (_picture(chart.render(each, "ru", MADE)) for each in (hidden, counted))
    assert _count(drawn, chart.BAR) < _count(plain, chart.BAR) / 20


def test_the_same_report_is_the_same_picture_and_another_is_not() -> None:
    one = chart.render(told(), "kk", MADE)
    assert one == chart.render(told(), "kk", MADE)
    assert one != chart.render(told(), "kk", MADE, before=40)
    assert one is not None
    assert b"Matplotlib" not in one


def test_an_empty_week_has_no_picture() -> None:
    assert chart.render(empty(), "en", MADE) is None
    assert chart.render(told(), "en", MADE, table="violator") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_says_whose_it_is(language: str) -> None:
    """By the words it is drawn with."""
    own, leaving = (paper(each, language, MADE) for each in (team(), told()))
    assert chart._head(own, "", None)[0].words == label(language, "paper.mark")
    assert label(language, "paper.mark") not in {line.words for line in chart._head(leaving, "", 5)}
