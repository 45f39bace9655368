"""What is a return code, alone and among other words."""

import pytest

from bot.domain.return_code import codes_within, grouped, new_return_code, written_code

CODE = "1234567890123456"


def test_sixteen_digits_whatever_chance_says() -> None:
    assert new_return_code(lambda below: 7) == "0000000000000007"
    assert len(new_return_code(lambda below: below - 1)) == 16
    assert grouped(CODE) == "1234 5678 9012 3456"


@pytest.mark.parametrize("words", [CODE, "1234 5678 9012 3456", " 1234-5678-9012-3456\n", "1234—5678  9012 3456"])
def test_a_code_alone(words: str) -> None:
    assert written_code(words) == CODE


@pytest.mark.parametrize("words", ["", "123", CODE + "7", f"my code is {CODE}", "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦", "+7 701 234 56 78"])
def test_no_code_alone(words: str) -> None:
    assert written_code(words) is None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (f"my code is {CODE}.", [CODE]),
        ("8 1234 5678 9012 3456 yes", [CODE]),
        ("1234 5678, then 9012 3456", []),
        ("1234 5678 and 9012 3456", []),
        ("9" * 4000, []),
        (f"{CODE} or 6543210987654321", [CODE, "6543210987654321"]),
    ],
)
def test_codes_among_words(words: str, found: list[str]) -> None:
    assert codes_within(words) == found
