"""Codes that can be read aloud, and ids nobody can guess."""

import re

from bot.clock import system_chance
from bot.domain.ids import CODE_SHAPE, new_case_code, new_person_id, new_token


def test_codes_have_one_shape_and_do_not_count() -> None:
    codes = [new_case_code(system_chance) for _ in range(500)]
    assert all(re.fullmatch(CODE_SHAPE, code) for code in codes)
    assert codes != sorted(codes)
    assert len(set(codes)) > 495


def test_keys_are_long_enough_and_fit_a_link() -> None:
    assert re.fullmatch(r"[a-z2-7]{26}", new_token(system_chance))
    assert re.fullmatch(r"[a-z2-7]{16}", new_person_id(system_chance))
