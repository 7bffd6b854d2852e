"""Another language is chosen: the window comes again in it, at the same desk with the same receipt."""

from .conftest import Program
from .test_bad_days import Running, unit, window

SECOND = "language_"


class Unasked(Program):
    """A program that nobody told by a variable what to speak."""

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {"DOCKMARK_LANG": "", "LC_ALL": "C.UTF-8", "LANGUAGE": ""}


def chosen(it: Running, language: str) -> None:
    """Choose it in the settings, and have the window open anew."""
    it.do("open", page="settings")
    it.ready()
    it.do("press", button=f"{SECOND}{language}")
    it.do("press", button="languageNowButton")


def test_the_window_speaks_another_language_at_once_and_work_goes_on_where_it_was(program: Program) -> None:
    with window(Unasked(program.data, program.state)) as it:
        it.ready()
        it.do("scan", raw=unit(1))
        it.until(lambda seen: seen["done"] == 1)
        before = it.ready()
        chosen(it, "de")
        it.until(lambda seen: seen["done"] == 1 and seen["quiet"] and seen["receipt"] == before["receipt"])
        it.do("open", page="settings")
        it.ready()
        assert it.do("read", field="settingTitle_language") == "Sprache"
        it.do("open", page="receiving")
        it.do("scan", raw=unit(2))
        it.until(lambda seen: seen["done"] == 2 and seen["word"] == "ANGENOMMEN")
        chosen(it, "es")
        it.until(lambda seen: seen["done"] == 2 and seen["quiet"])
        it.do("open", page="settings")
        it.ready()
        assert it.do("read", field="settingTitle_language") == "Idioma"
        assert it.close() == 0
