"""The worker process: sets Django up and works until told to stop."""

import django


def main() -> int:
    """Work until SIGTERM."""
    django.setup()
    from commonweal.foundations.tasks import worker

    worker.run()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
