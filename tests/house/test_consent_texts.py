"""What she agreed to is what she read: a question whose words change is a new version."""

import hashlib

import pytest

from bot.domain.consent import VERSIONS, Purpose
from bot.i18n import LANGUAGES, text

DIGESTS = {
    (Purpose.SHARE, 1): "ec68a704469144b9",
    (Purpose.STATISTICS, 1): "a82f5f91f7c01aeb",
    (Purpose.FOLLOW_UP, 1): "72af2a72d3da09d4",
    (Purpose.EVIDENCE, 1): "64a0f557a8b1bce4",
}
"""The four texts of each version there ever was. Add a line with a new version; never change one that has shipped."""


@pytest.mark.parametrize("purpose", Purpose)
def test_a_changed_question_is_a_new_version(purpose: Purpose) -> None:
    words = "\n".join(text(language, f"question.{purpose}") for language in LANGUAGES)
    digest = hashlib.sha256(words.encode()).hexdigest()[:16]
    assert DIGESTS[purpose, VERSIONS[purpose]] == digest, "raise the version in bot/domain/consent.py, and add its line"
