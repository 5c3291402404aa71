"""The worker process: sets Django up and works until told to stop."""

import sys

import django

SECONDS_BETWEEN_LOOKS_AT_KEYS = 60


def main() -> int:
    """Work until SIGTERM."""
    django.setup()
    from commonweal.foundations.personal_data import serving
    from commonweal.foundations.personal_data.installation import NotServable
    from commonweal.foundations.tasks import key_keeping, worker
    from commonweal.foundations.tasks.standing import standing

    try:
        serving.begin()
    except NotServable as refusal:
        print(refusal, file=sys.stderr)
        return 1
    standing(seconds=SECONDS_BETWEEN_LOOKS_AT_KEYS)(key_keeping.keep_keys)
    worker.run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
