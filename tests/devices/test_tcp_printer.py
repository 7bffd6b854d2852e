"""Jobs over TCP: what is said of a job afterwards must be true."""

import dataclasses
import socket
import threading

import pytest

from dockmark.devices.label_printer import PrinterState, Sent, SentOutcome
from dockmark.devices.printers import open_printer
from dockmark.devices.simulated import Answers, Fault, SimulatedLabelPrinter
from dockmark.devices.simulated_printer import PrinterMind

JOB = b"^XA^CI28^FO20,20^FH_^FDserial _5EXZ 1^FS^XZ"
LARGE_JOB = b"^XA" + b"^FO1,1^FDx^FS" * 4000 + b"^XZ"
HUGE_JOB = b"^XA" + b"x" * 64_000_000 + b"^XZ"


def without_questions(received):
    return bytes(received).replace(b"~HS", b"")


def test_a_printer_that_answers_confirms_the_job(hasty):
    with SimulatedLabelPrinter() as twin:
        printer = open_printer(twin.url, hasty)
        assert printer.format == "zpl"
        assert printer.url == twin.url
        assert printer.send(JOB, name="1") == Sent(SentOutcome.CONFIRMED)
        assert twin.labels == [JOB]
        assert twin.commands == []


def test_answers_split_byte_by_byte_confirm_too(hasty):
    with SimulatedLabelPrinter() as twin:
        twin.answer_in_pieces()
        assert open_printer(twin.url, hasty).send(JOB, name="1").outcome is SentOutcome.CONFIRMED


def test_a_hundred_jobs_come_out_once_each_and_in_order(hasty):
    jobs = [b"^XA^FD%d^FS^XZ" % number for number in range(100)]
    with SimulatedLabelPrinter() as twin:
        printer = open_printer(twin.url, hasty)
        assert {printer.send(job, name="x").outcome for job in jobs} == {SentOutcome.CONFIRMED}
        assert twin.labels == jobs


def test_a_large_job_taken_in_small_bites_arrives_whole(hasty):
    with SimulatedLabelPrinter() as twin:
        twin.go_slow(997, 0.0)
        assert open_printer(twin.url, hasty).send(LARGE_JOB, name="1").outcome is SentOutcome.CONFIRMED
        assert twin.labels == [LARGE_JOB]


@pytest.mark.parametrize("fault", Fault)
def test_a_printer_that_needs_a_hand_gets_nothing_and_the_job_may_be_tried_again(hasty, fault):
    with SimulatedLabelPrinter() as twin:
        printer = open_printer(twin.url, hasty)
        twin.break_down(fault)
        assert printer.send(JOB, name="1") == Sent(SentOutcome.AWAY, fault.value)
        assert twin.labels == [] and twin.held_labels == []
        twin.mend()
        assert printer.send(JOB, name="1").outcome is SentOutcome.CONFIRMED
        assert twin.labels == [JOB]


def test_a_known_printer_that_falls_silent_in_a_fault_gets_nothing(hasty):
    with SimulatedLabelPrinter(answers=Answers.NOT_IN_FAULT) as twin:
        printer = open_printer(twin.url, hasty)
        assert printer.send(JOB, name="1").outcome is SentOutcome.CONFIRMED
        twin.break_down(Fault.HEAD_OPEN)
        assert printer.send(JOB, name="2") == Sent(SentOutcome.AWAY, "not_answering")
        twin.mend()
        assert printer.send(JOB, name="2").outcome is SentOutcome.CONFIRMED
        assert twin.labels == [JOB, JOB]


def test_paper_running_out_under_the_job_is_unknown_with_the_reason_not_silence(hasty):
    with SimulatedLabelPrinter() as twin:
        twin.break_down_at_next_label(Fault.PAPER_OUT)
        assert open_printer(twin.url, hasty).send(JOB, name="1") == Sent(SentOutcome.UNKNOWN, "paper_out")
        assert twin.held_labels == [JOB], "the printer holds it: sending it again would print it twice"
        twin.mend()
        assert twin.labels == [JOB]


def test_a_printer_that_falls_silent_under_the_job_is_unknown(hasty):
    with SimulatedLabelPrinter(answers=Answers.NOT_IN_FAULT) as twin:
        twin.break_down_at_next_label(Fault.HEAD_OPEN)
        assert open_printer(twin.url, hasty).send(JOB, name="1") == Sent(SentOutcome.UNKNOWN, "not_answering")
        assert twin.held_labels == [JOB]


def test_paper_put_in_again_in_time_confirms_the_job(hasty):
    with SimulatedLabelPrinter() as twin:
        twin.break_down_at_next_label(Fault.PAPER_OUT)

        def refill():
            twin.wait_until(lambda printer: printer.held_labels)
            twin.mend()

        threading.Thread(target=refill, daemon=True).start()
        patient = dataclasses.replace(hasty, settle_s=30.0)
        assert open_printer(twin.url, patient).send(JOB, name="1").outcome is SentOutcome.CONFIRMED


def test_a_mute_printer_gets_the_job_and_no_more_is_claimed_than_that(hasty):
    with SimulatedLabelPrinter(answers=Answers.NEVER) as twin:
        printer = open_printer(twin.url, hasty)
        for _ in range(3):
            assert printer.send(JOB, name="1") == Sent(SentOutcome.SENT, "not_answering")
        assert twin.labels == [JOB] * 3


def test_a_mute_printer_that_begins_to_answer_is_believed(hasty):
    with SimulatedLabelPrinter(answers=Answers.NEVER) as twin:
        printer = open_printer(twin.url, hasty)
        printer.send(JOB, name="1")
        twin.set_answers(Answers.ALWAYS)
        assert printer.send(JOB, name="2").outcome is SentOutcome.CONFIRMED


def test_garbled_answers_confirm_nothing_and_hold_nothing_up(hasty):
    with SimulatedLabelPrinter(answers=Answers.GARBLED) as twin:
        assert open_printer(twin.url, hasty).send(JOB, name="1") == Sent(SentOutcome.SENT, "garbled")
        assert twin.labels == [JOB]


def test_a_late_answer_to_the_question_before_the_job_does_not_confirm_the_job(sink, hasty):
    idle = PrinterMind().host_status()

    def answer_late(sink, connection):
        sink.read_some(connection, 3 + len(JOB) + 3)  # the question, the job, and the question after it
        connection.sendall(idle)  # the answer to the question before the job, and never another
        while sink.read_some(connection, 3):
            pass

    late = sink(answer_late)
    assert open_printer(late.url, hasty).send(JOB, name="1").outcome is SentOutcome.UNKNOWN


def test_a_plain_sink_gets_exactly_the_job_and_questions(sink, hasty):
    def swallow(sink, connection):
        sink.read_some(connection, 10**6)

    plain = sink(swallow)
    printer = open_printer(plain.url, hasty)
    for number in (1, 2):
        assert printer.send(JOB, name="1").outcome is SentOutcome.SENT
        plain.wait_done()
        assert without_questions(plain.received[number - 1]) == JOB
    assert bytes(plain.received[1]) == JOB + b"~HS", "a mute sink is not asked before the job any more"


def test_a_sink_that_hangs_up_at_the_end_of_the_label_has_it(sink, hasty):
    def until_the_end(sink, connection):
        kept = bytearray()
        sink.received.append(kept)
        while b"^XZ" not in kept:
            kept += connection.recv(1)

    plain = sink(until_the_end)
    printer = open_printer(plain.url, hasty)
    for _ in range(2):
        assert printer.send(JOB, name="1") == Sent(SentOutcome.SENT, "closed")
        plain.wait_done()
    assert [without_questions(each) for each in plain.received] == [JOB, JOB]


def test_a_peer_that_reads_the_question_and_hangs_up_is_given_the_job_without_one(sink, hasty):
    def dislike_questions(sink, connection):
        if connection.recv(1000) != b"~HS":
            sink.read_some(connection, 10**6)

    shy = sink(dislike_questions)
    assert open_printer(shy.url, hasty).send(JOB, name="1").outcome is SentOutcome.SENT


def test_a_mute_printer_that_accepts_and_hangs_up_because_it_is_busy_is_away(sink, hasty):
    is_busy = threading.Event()

    def treat(sink, connection):
        if not is_busy.is_set():
            sink.read_some(connection, 10**6)

    server = sink(treat)
    printer = open_printer(server.url, dataclasses.replace(hasty, hang_up_s=0.5))
    assert printer.send(JOB, name="1").outcome is SentOutcome.SENT
    is_busy.set()
    assert printer.send(JOB, name="2") == Sent(SentOutcome.AWAY, "closed")


def test_a_connection_that_met_itself_is_no_printer(hasty, monkeypatch):
    def meet_yourself(address, timeout=None):
        connection = socket.socket()
        connection.bind(("127.0.0.1", 0))
        connection.connect(connection.getsockname())
        return connection

    monkeypatch.setattr(socket, "create_connection", meet_yourself)
    assert open_printer("tcp://127.0.0.1:9100", hasty).send(JOB, name="1") == Sent(SentOutcome.AWAY, "refused")


def test_a_job_that_waits_behind_other_work_is_sent_and_not_yet_confirmed(hasty):
    with SimulatedLabelPrinter() as twin:
        twin.be_busy()
        printer = open_printer(twin.url, hasty)
        assert printer.send(JOB, name="1") == Sent(SentOutcome.SENT, "still_printing")
        assert twin.held_labels == [JOB]
        twin.be_busy(False)
        assert twin.labels == [JOB]


def test_one_that_accepts_and_hangs_up_at_once_is_away(sink, hasty):
    busy = sink(lambda sink, connection: None)
    printer = open_printer(busy.url, hasty)
    for _ in range(3):
        assert printer.send(JOB, name="1").outcome is SentOutcome.AWAY


@pytest.mark.parametrize("count", [1, 2, 10, len(JOB) - 1])
def test_a_connection_cut_in_the_middle_is_unknown(hasty, count):
    with SimulatedLabelPrinter() as twin:
        twin.cut_after(count)
        assert open_printer(twin.url, hasty).send(JOB, name="1").outcome is SentOutcome.UNKNOWN
        assert twin.labels == []
        assert without_questions(b"".join(twin.received)) == JOB[:count]


@pytest.mark.parametrize("answers", [Answers.ALWAYS, Answers.NEVER])
def test_a_connection_cut_after_the_last_byte_is_not_called_confirmed(hasty, answers):
    with SimulatedLabelPrinter(answers=answers) as twin:
        twin.cut_after(len(JOB))
        assert open_printer(twin.url, hasty).send(JOB, name="1").outcome is SentOutcome.UNKNOWN
        assert twin.labels == [JOB]


def test_a_large_job_cut_in_the_middle_is_unknown(hasty):
    with SimulatedLabelPrinter() as twin:
        twin.cut_after(3000)
        assert open_printer(twin.url, hasty).send(LARGE_JOB, name="1").outcome is SentOutcome.UNKNOWN
        assert twin.labels == []


@pytest.mark.parametrize("job", [JOB, LARGE_JOB], ids=["small", "large"])
def test_a_peer_that_hangs_up_politely_in_the_middle_is_unknown(sink, hasty, job):
    def read_a_little(sink, connection):
        sink.read_some(connection, 20)
        connection.shutdown(socket.SHUT_WR)

    rude = sink(read_a_little)
    assert open_printer(rude.url, hasty).send(job, name="1").outcome is SentOutcome.UNKNOWN


def test_a_peer_that_stops_reading_is_unknown_after_a_bounded_time(sink, hasty):
    def sleep(sink, connection):
        sink.release.wait(30)

    stuck = sink(sleep)
    assert open_printer(stuck.url, hasty).send(HUGE_JOB, name="1") == Sent(SentOutcome.UNKNOWN, "stalled")


def test_a_job_that_lies_in_our_own_buffers_only_is_not_called_sent(sink, hasty):
    def sleep_with_a_small_window(sink, connection):
        sink.release.wait(30)

    stuck = sink(sleep_with_a_small_window)
    stuck._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    sent = open_printer(stuck.url, hasty).send(b"^XA" + b"x" * 200_000 + b"^XZ", name="1")
    assert sent.outcome is SentOutcome.UNKNOWN


def test_a_twin_that_stops_reading_in_the_middle_and_reads_on_gets_the_rest(hasty):
    with SimulatedLabelPrinter() as twin:
        printer = open_printer(twin.url, hasty)
        twin.stop_reading()
        threading.Timer(0.1, twin.read_on).start()
        assert printer.send(JOB, name="1").outcome in {SentOutcome.SENT, SentOutcome.CONFIRMED}
        assert twin.wait_for_labels(1) == [JOB]


def test_refused_connections_are_away_and_the_same_port_takes_the_job_later(hasty):
    with SimulatedLabelPrinter() as twin:
        printer = open_printer(twin.url, hasty)
        twin.refuse_connections()
        for _ in range(20):
            assert printer.send(JOB, name="1") == Sent(SentOutcome.AWAY, "refused")
        assert printer.status().state is PrinterState.NOT_ANSWERING
        twin.accept_connections()
        assert printer.send(JOB, name="1").outcome is SentOutcome.CONFIRMED
        assert twin.labels == [JOB]


@pytest.mark.parametrize("url", ["tcp://no-such-host.invalid:9100", "tcp://" + "a" * 63 + ".invalid"])
def test_a_host_nobody_knows_is_away(hasty, url):
    assert open_printer(url, hasty).send(JOB, name="1").outcome is SentOutcome.AWAY


def test_an_empty_job_is_refused_before_anything_leaves(hasty):
    with SimulatedLabelPrinter() as twin:
        assert open_printer(twin.url, hasty).send(b"", name="1") == Sent(SentOutcome.FAILED, "empty_job")
        assert twin.received == []


def test_a_printer_on_ipv6_is_reached(hasty):
    try:
        listener = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("no IPv6 here")
    with listener:
        got = []

        def swallow():
            connection, _ = listener.accept()
            with connection, connection.makefile("rb") as stream:
                got.append(stream.read())

        thread = threading.Thread(target=swallow)
        thread.start()
        url = f"tcp://[::1]:{listener.getsockname()[1]}"
        assert open_printer(url, hasty).send(JOB, name="1").outcome is SentOutcome.SENT
        thread.join(10)
        assert without_questions(got[0]) == JOB


@pytest.mark.parametrize("fault", Fault)
def test_status_names_the_fault(hasty, fault):
    with SimulatedLabelPrinter() as twin:
        printer = open_printer(twin.url, hasty)
        assert printer.status().state is PrinterState.READY
        twin.break_down(fault)
        assert printer.status().state.value == fault.value
        assert printer.status().raw


def test_status_of_a_mute_printer_is_unknown_and_of_a_silenced_one_not_answering(hasty):
    with SimulatedLabelPrinter(answers=Answers.NEVER) as twin:
        assert open_printer(twin.url, hasty).status().state is PrinterState.UNKNOWN
        known = open_printer(twin.url, hasty)
        twin.set_answers(Answers.ALWAYS)
        assert known.status().state is PrinterState.READY
        twin.set_answers(Answers.NEVER)
        assert known.status().state is PrinterState.NOT_ANSWERING


def test_two_stations_printing_at_once_get_their_labels_whole(hasty):
    with SimulatedLabelPrinter() as twin:
        jobs = [[b"^XA^FD%d-%d^FS^XZ" % (station, number) for number in range(20)] for station in range(2)]

        def print_all(mine):
            printer = open_printer(twin.url, hasty)
            for job in mine:
                assert printer.send(job, name="x").outcome is SentOutcome.CONFIRMED

        threads = [threading.Thread(target=print_all, args=(mine,)) for mine in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert sorted(twin.labels) == sorted(jobs[0] + jobs[1])
