"""Progress: the line that is drawn over on a terminal, the plain lines, and when there is nothing."""

import re
import shlex
import signal
import subprocess
import threading

import pytest
from conftest import KEY, SIPDRIFT, environment, outbound, run_sipdrift
from servers import ScriptServer, good, whole_answer
from terminal import OnTerminal, on_a_terminal

ENV = environment(BLAND_API_KEY=KEY, TERM="xterm")
COUNT = 20


def command(server, manifest, *arguments):
    """An audit of twenty numbers, one after the other."""
    text = f"numbers: [{{range: '+1000..+{999 + COUNT}', outbound: {{port: 5061}}}}]\n"
    return [str(word) for word in (SIPDRIFT, "audit", manifest(text), "--api-url", server.url, "-j", "1", *arguments)]


class HeldServer(ScriptServer):
    """Answers three requests, and the others once it is let go."""

    def __init__(self, then=good):
        self.gate = threading.Event()
        self.then = then
        super().__init__(self.answer_held)

    def answer_held(self, request):
        if request.nth < 3:
            return good(request)
        assert self.gate.wait(60)
        return self.then(request)

    def __exit__(self, *_):
        self.gate.set()
        self.stop()


def pausing(seconds, status="429 Too Many Requests"):
    """Has all requests wait once, after three of them."""
    busy = whole_answer({"error": "slow down"}, f"Retry-After: {seconds}", status=status)
    return ScriptServer(lambda request: busy if request.nth == 3 else good(request))


# ---- On a terminal ---------------------------------------------------------------------------


def test_the_line_appears_moves_and_goes_away(manifest):
    with HeldServer() as server:
        run = OnTerminal(command(server, manifest), ENV)
        held = run.read_until(rf"^3 of {COUNT} numbers, 0 drifted, 0 not compared, (0:\d\d) so far")
        # Nothing arrives, and it moves.
        run.read_until(rf"^3 of {COUNT} numbers, 0 drifted, 0 not compared, (?!{held[1]})0:\d\d so far, \d+\.\d requests/s$")
        server.gate.set()
        status, out = run.finish()
    assert status == 0
    assert f"{COUNT} numbers: {COUNT} in sync" in out
    assert run.screen.text == ""


def test_a_run_that_is_over_at_once_leaves_nothing(api, manifest):
    server = api({"+1000": outbound(port=5061)})
    text = "numbers: [{number: '+1000', port: 5061}]\n"
    run = OnTerminal([SIPDRIFT, "audit", manifest(text), "--api-url", server.url, "--progress", "always"], ENV)
    assert run.finish()[0] == 0
    assert run.screen.text == ""


@pytest.mark.parametrize("columns, line", [
    (80, r"^3 of 20 numbers, 0 drifted, 0 not compared, 0:\d\d so far(, .*)?$"),
    (40, r"^3/20, 0 drifted, 0:\d\d so far$"),
    (20, r"^3/20, 0:\d\d so far$"),
    (8, r"^3/20$"),
    (3, r"^3/$")])
def test_the_line_never_wraps(manifest, columns, line):
    with HeldServer() as server:
        run = OnTerminal(command(server, manifest), ENV, columns)
        run.read_until(line)
        server.gate.set()
        assert run.finish()[0] == 0
    assert run.screen.text == ""


def test_the_line_fits_a_terminal_that_becomes_narrower(manifest):
    with HeldServer() as server:
        run = OnTerminal(command(server, manifest), ENV, 100)
        run.read_until("^3 of 20 numbers, 0 drifted, 0 not compared")
        drawn = len(run.screen.frames)
        run.resize(20)
        run.screen.columns = 100  # one that is on its way may be as long as before
        run.read_until("^3/20")
        run.screen.columns = 20
        run.read_until("^3/20, 0:.. so far")
        assert len(run.screen.frames) > drawn
        server.gate.set()
        assert run.finish()[0] == 0
    assert run.screen.text == ""


@pytest.mark.parametrize("status, reason", [
    ("429 Too Many Requests", "rate limited (HTTP 429)"), ("503 Service Unavailable", "unavailable (HTTP 503)")])
def test_a_pause_is_counted_down_with_its_reason(manifest, status, reason):
    with pausing(2, status) as server:
        run = OnTerminal(command(server, manifest), ENV, 120)
        for seconds in (2, 1):
            run.read_until(rf"^3 of 20 numbers, 0 drifted, 0 not compared, 0:\d\d so far, paused {seconds} s: {re.escape(reason)}$")
        assert run.finish()[0] == 0
    assert run.screen.text == ""


def test_a_narrow_terminal_sees_the_pause_before_anything_else(manifest):
    with pausing(2) as server:
        run = OnTerminal(command(server, manifest), ENV, 40)
        run.read_until(r"^3/20, 0:0\d so far, paused 2 s: rate limited$|^3/20, paused 2 s: rate limited$")
        assert run.finish()[0] == 0


def test_a_signal_leaves_nothing_of_the_line(manifest):
    with HeldServer() as server:
        run = OnTerminal(command(server, manifest), ENV)
        run.read_until("^3 of 20")
        run.process.send_signal(signal.SIGTERM)
        status, out = run.finish()
    assert status == 143
    assert "Exit status 143" in out
    assert run.screen.text == ""


def test_log_lines_and_the_line_do_not_mix(manifest):
    def answer(request):
        failed = request.nth in (3, 5)
        return whole_answer(b"", status="500 Internal Server Error") if failed else good(request)

    with HeldServer(answer) as server:
        run = OnTerminal(command(server, manifest, "--log-level", "debug"), ENV, 200)
        run.read_until("^3 of 20")
        server.gate.set()
        assert run.finish()[0] == 0
    assert re.fullmatch(r"(sipdrift: debug: attempt 1 for \S+ failed \(HTTP 500\); next in \d+ ms\n){2}", run.screen.text)


def test_the_line_leaves_a_terminal_alone_that_is_somebody_elses(manifest):
    for job, is_drawn in (("{} & wait $!", False), ("{}; exit $?", True)):
        with pausing(1) as server:
            words = " ".join(map(shlex.quote, command(server, manifest, "--quiet")))
            status, text = on_a_terminal(["/bin/bash", "-mc", job.format(words)], ENV)
        assert status == 0
        assert ("0 not compared" in text) == ("\x1b" in text) == is_drawn


@pytest.mark.parametrize("arguments, extra", [(["--progress", "never"], {}), ([], {"TERM": "dumb"}), ([], {"TERM": ""})])
def test_a_terminal_sees_nothing_where_it_is_not_wanted_or_cannot_be(manifest, arguments, extra):
    with pausing(1) as server:
        run = OnTerminal(command(server, manifest, *arguments), ENV | extra)
        assert run.finish()[0] == 0
    assert run.written == b""


def test_a_dumb_terminal_sees_plain_lines_if_it_must(manifest):
    with pausing(1) as server:
        run = OnTerminal(command(server, manifest, "--progress", "always"), ENV | {"TERM": "dumb"})
        assert run.finish()[0] == 0
    assert b"\x1b" not in run.written
    assert re.match(r"sipdrift: \d+ of 20 numbers, ", run.screen.text)


# ---- Elsewhere -------------------------------------------------------------------------------


def test_a_pipe_gets_not_a_byte(manifest):
    with pausing(1) as server:
        for arguments in ([], ["--progress", "never"]):
            run = run_sipdrift(*command(server, manifest, *arguments)[1:], env=ENV)
            assert (run.status, run.err) == (0, "")


def test_plain_lines_begin_soon_go_on_and_end_with_the_run(manifest):
    with pausing(8) as server:
        run = run_sipdrift(*command(server, manifest, "--progress", "always")[1:], env=ENV)
    assert run.status == 0
    first, *middle, last = run.err.splitlines()
    assert re.fullmatch(r"sipdrift: [1-3] of 20 numbers, 0 drifted, 0 not compared, 0:0\d so far(, paused .*)?", first)
    assert re.fullmatch(r"sipdrift: 3 of 20 numbers, 0 drifted, 0 not compared, 0:0\d so far, paused \d s: "
                        r"rate limited \(HTTP 429\)", middle[0])
    assert re.fullmatch(r"sipdrift: 20 of 20 numbers, 0 drifted, 0 not compared, in 0:\d\d, \d+\.\d requests/s", last)
    assert "\x1b" not in run.err and "\r" not in run.err


def test_plain_lines_count_what_drifted_and_what_was_not_compared(api, manifest):
    server = api({"+11": outbound(port=5061), "+12": outbound(port=5060)})
    run = server.audit(manifest("numbers: [{range: '+11..+13', port: 5061}]\n"), "--progress", "always")
    assert run.status == 2
    assert re.search(r"^sipdrift: 3 of 3 numbers, 2 drifted, 0 not compared, in 0:0\d", run.err.splitlines()[-1])
    server.stop()
    run = server.audit(manifest("numbers: [{range: '+11..+13', port: 5061}]\n"), "--progress", "always", "--retries", "0")
    assert run.status == 4
    assert re.search(r"^sipdrift: 3 of 3 numbers, 0 drifted, 3 not compared, in 0:\d\d", run.err.splitlines()[-1])


def test_a_log_shows_that_the_run_is_alive_before_there_is_a_result(manifest):
    gate = threading.Event()

    def answer(request):
        assert gate.wait(60)
        return good(request)

    with ScriptServer(answer) as server:
        process = subprocess.Popen(command(server, manifest, "--progress", "always"), env=ENV, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        first = process.stderr.readline()
        gate.set()
        process.communicate(timeout=30)
    assert re.fullmatch(r"sipdrift: 0 of 20 numbers, 0 drifted, 0 not compared, 0:\d\d so far.*\n", first)
