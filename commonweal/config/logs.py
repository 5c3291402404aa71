"""Logs hold no personal data: no locals, no row that a constraint refused, no message that quotes input."""

import logging
import traceback


class PlainFormatter(logging.Formatter):
    """Time, level, logger, message; of an exception only its type and where it was raised.

    The text of an exception is dropped: PostgreSQL puts the whole row in its DETAIL, and parsers quote their input.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatException(self, ei: object) -> str:  # noqa: N802 (the name is logging's)
        if not (isinstance(ei, tuple) and len(ei) == 3 and isinstance(ei[0], type)):
            return ""
        frames = traceback.extract_tb(ei[2])
        places = "".join(f"\n  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames[-12:])
        return f"{ei[0].__name__}{places}"


class Strangers(logging.Filter):
    """What a stranger's browser sent and was refused for is one line, and no error of ours for a reporter to collect.

    It quotes nothing: a wrong host is told by the setting that lists the right ones.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.exc_info, record.exc_text, record.stack_info = None, None, None
        record.msg, record.args = _REFUSED.get(record.name, "A request was refused as it came"), ()
        return True


_REFUSED = {"django.security.DisallowedHost": "A request named a host that COMMONWEAL_HOSTS does not list"}
