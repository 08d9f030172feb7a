"""Fails a test that leaves an unexpected log record of level WARNING or above behind."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest


class Recorder(logging.Handler):
    """Keeps every record of level WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Mark a test with `@pytest.mark.expect_log("part of the text")` where the record belongs to the behaviour."""
    recorder = Recorder()
    logging.getLogger().addHandler(recorder)
    yield
    logging.getLogger().removeHandler(recorder)
    expected = [str(mark.args[0]) for mark in request.node.iter_markers("expect_log")]
    messages = [f"{record.levelname} {record.name}: {record.getMessage()}" for record in recorder.records]
    unexpected = [message for message in messages if not any(text in message for text in expected)]
    missing = [text for text in expected if not any(text in message for message in messages)]
    assert not unexpected, f"unexpected log records: {unexpected}"
    assert not missing, f"expected log records that never came: {missing}"
