"""The worker process: the standing loops in threads beside procrastinate's worker."""

import asyncio
import logging
import signal
import threading

from procrastinate.contrib.django import app

from commonweal.foundations.tasks.standing import LOOPS, keep_running

logger = logging.getLogger(__name__)


def run() -> None:
    """Work until SIGTERM or SIGINT, then finish what is in hand and return."""
    stop = threading.Event()
    threads = [threading.Thread(target=keep_running, args=(loop, stop), daemon=True) for loop in LOOPS]
    for thread in threads:
        thread.start()
    try:
        asyncio.run(_work(stop))
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=5)


async def _work(stop: threading.Event) -> None:
    """Procrastinate's worker, started again after the database was away."""
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    while not stopped.is_set():
        connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
        try:
            async with app.with_connector(connector).open_async() as working:
                work = asyncio.create_task(working.run_worker_async(install_signal_handlers=False, concurrency=2))
                await asyncio.wait({work, asyncio.create_task(stopped.wait())}, return_when=asyncio.FIRST_COMPLETED)
                work.cancel()
                await asyncio.gather(work, return_exceptions=True)
        except Exception as error:  # one failure must not stop the rest
            logger.error("The worker lost the database and will try again: %s", type(error).__name__)
        if not stopped.is_set():
            await asyncio.sleep(1)
    stop.set()
