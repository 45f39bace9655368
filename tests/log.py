"""What the hotline itself said in the log."""

import pytest


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The sentences, in order; what libraries said is left out."""
    return [record.msg["event"] for record in caplog.records if isinstance(record.msg, dict)]
