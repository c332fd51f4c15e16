"""The example stories are found from any folder."""

import pytest

from timeline.errors import InputError
from timeline.notebook import example


@pytest.mark.parametrize("name", ["iran-letters", "mine-rescue"])
def test_a_story_is_found_from_anywhere(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    assert (example(name) / "story.toml").is_file()


def test_the_nearest_data_folder_comes_first(tmp_path, monkeypatch):
    own = tmp_path / "data" / "iran-letters"
    own.mkdir(parents=True)
    (own / "story.toml").write_text("")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    assert example("iran-letters") == own


def test_an_unknown_story_lists_those_that_there_are():
    with pytest.raises(InputError, match="there are iran-letters, mine-rescue"):
        example("no-such-story")
