"""Plain text lies nowhere that others can read, and stays nowhere."""

import os
from pathlib import Path

from django.conf import LazySettings

from commonweal.foundations.clocks.now import now
from commonweal.foundations.documents.working import working_folder


def test_it_is_the_owners_alone_and_goes_with_the_work(tmp_path: Path, settings: LazySettings) -> None:
    settings.VAR = tmp_path
    with working_folder() as folder:
        (folder / "data.json").write_text("Rosa")
        assert folder.is_relative_to(tmp_path)
        assert folder.parent.stat().st_mode & 0o077 == 0
    assert not folder.exists()


def test_what_a_stopped_process_left_goes_and_what_is_worked_on_stays(tmp_path: Path, settings: LazySettings) -> None:
    settings.VAR = tmp_path
    left = tmp_path / "working" / "left"
    left.mkdir(parents=True)
    (left / "data.json").write_text("Rosa")
    hours_ago = now().timestamp() - 3 * 60 * 60
    os.utime(left, (hours_ago, hours_ago))
    with working_folder() as first, working_folder():
        assert first.exists()
        assert not left.exists()
