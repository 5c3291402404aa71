"""The process is killed, by the system, in the middle of writing a file: there is no file of that name."""

import subprocess
import sys
from pathlib import Path

from commonweal.foundations.files.folder import HALF
from commonweal.frontends.cli.installation import ROOT
from tests.stack.waiting import wait_until

PROGRAM = """
import sys, time
from pathlib import Path
from django.conf import settings
settings.configure()
from django.core.files import File
from commonweal.foundations.files.folder import DurableFolder

class Slow(File):
    def chunks(self, chunk_size=None):
        for number in range(10_000):
            yield bytes(100_000)
            time.sleep(0.01)

DurableFolder(location=Path(sys.argv[1])).save("7/content", Slow(None))
"""


def test_killed_in_the_middle_of_writing(tmp_path: Path) -> None:
    half = tmp_path / "7" / f"content{HALF}"
    process = subprocess.Popen([sys.executable, "-c", PROGRAM, str(tmp_path)], cwd=ROOT)
    try:
        wait_until(lambda: half.exists() and half.stat().st_size > 300_000, "some of the content")
    finally:
        process.kill()
        process.wait(10)
    assert [path.name for path in (tmp_path / "7").iterdir()] == [half.name]
