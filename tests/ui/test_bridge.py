"""Answers come home to the GUI thread, in order, and only to whoever still waits for them."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dockmark.record.refusal import Refusal, Refused
from dockmark.ui.bridge import Bridge

from .stand_in import StandIn


def test_an_answer_is_heard_on_the_gui_thread(qtbot: QtBot, bridge: Bridge, qapp: QApplication) -> None:
    heard: list[tuple[int, QThread]] = []
    with ThreadPoolExecutor(1) as pool:
        bridge.ask(qapp, pool.submit(lambda: 42), lambda value: heard.append((value, QThread.currentThread())))
    qtbot.wait_until(lambda: bool(heard))
    assert heard == [(42, qapp.thread())]
    assert bridge.is_quiet


def test_a_late_answer_to_an_older_question_is_dropped(qtbot: QtBot, bridge: Bridge, qapp: QApplication) -> None:
    heard: list[str] = []
    slow: Future[str] = Future()
    fast: Future[str] = Future()
    bridge.ask(qapp, slow, heard.append, topic="search")
    bridge.ask(qapp, fast, heard.append, topic="search")
    fast.set_result("new")
    slow.set_result("old")
    qtbot.wait_until(lambda: bridge.is_quiet)
    assert heard == ["new"]


def test_questions_on_different_topics_do_not_disturb_each_other(
    qtbot: QtBot, bridge: Bridge, qapp: QApplication
) -> None:
    heard: list[str] = []
    questions: list[Future[str]] = [Future(), Future(), Future()]
    for question, topic in zip(questions, ("card", "view", ""), strict=True):
        bridge.ask(qapp, question, heard.append, topic=topic)
    for number, question in enumerate(questions):
        question.set_result(str(number))
    qtbot.wait_until(lambda: bridge.is_quiet)
    assert heard == ["0", "1", "2"]


def test_who_is_gone_is_told_nothing(qtbot: QtBot, bridge: Bridge) -> None:
    asker = QObject()
    question: Future[int] = Future()
    heard: list[int] = []
    bridge.ask(asker, question, heard.append)
    shiboken6.delete(asker)
    question.set_result(1)
    qtbot.wait_until(lambda: bridge.is_quiet)
    assert heard == []


def test_a_refusal_goes_to_whoever_asked_and_a_bug_to_everybody(
    qtbot: QtBot, bridge: Bridge, qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    refused: list[BaseException] = []
    one: Future[int] = Future()
    bridge.ask(qapp, one, _never, failed=refused.append)
    one.set_exception(Refusal(Refused.NO_LEDGER))
    two: Future[int] = Future()
    bridge.ask(qapp, two, _never)
    with qtbot.waitSignal(bridge.troubled) as told:
        two.set_exception(RuntimeError("bench"))
    assert [str(each) for each in refused] == ["no_ledger"]
    assert "bench" in str(told.args)
    assert "failed" in caplog.text


def test_a_cancelled_question_is_silent(qtbot: QtBot, bridge: Bridge, qapp: QApplication) -> None:
    question: Future[int] = Future()
    bridge.ask(qapp, question, _never)
    question.cancel()
    qtbot.wait_until(lambda: bridge.is_quiet)


def test_news_of_any_thread_arrives_on_the_gui_thread_in_order(
    qtbot: QtBot, bridge: Bridge, service: StandIn, qapp: QApplication
) -> None:
    heard: list[tuple[str, object, bool]] = []
    bridge.told.connect(lambda kind, content: heard.append((kind, content, QThread.currentThread() is qapp.thread())))
    bridge.attend(service)
    talker = threading.Thread(target=lambda: [service.tell("jobs", number) for number in range(20)])
    talker.start()
    talker.join()
    qtbot.wait_until(lambda: len(heard) == 20)
    assert heard == [("jobs", number, True) for number in range(20)]


def _never(_answer: Any) -> None:
    raise AssertionError("nobody waits for this")
