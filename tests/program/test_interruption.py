"""SIGINT and SIGTERM, progress, and what a terminal sees."""

import os
import pty
import signal
import subprocess
from pathlib import Path

import pytest
from conftest import KEY, SIPDRIFT, environment, outbound, read_json, reply, run_sipdrift

TEXT = "numbers:\n  - {number: '+11', port: 1}\n  - {range: '+20..+29', port: 1}\n"


@pytest.fixture
def slow(api):
    """One number that answers, and ten that take their time."""
    return api({"+11": outbound(port=1)} | {f"+2{i}": reply("{}", delay_ms=20_000) for i in range(10)})


def with_sigint(disposition):
    """For a new process, whatever this one inherited: background jobs of a shell ignore SIGINT."""
    return lambda: signal.signal(signal.SIGINT, disposition)


def begin(server, manifest, tmp_path, sigint=signal.SIG_DFL, reports=()):
    """Starts an audit and waits until its first number has been answered."""
    process = subprocess.Popen(
        [SIPDRIFT, "audit", manifest(TEXT), "--api-url", server.url, "-j", "2", "--progress", "always",
         "--report", f"json={tmp_path}/r.json", *reports],
        env=environment(BLAND_API_KEY=KEY), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=with_sigint(sigint),
    )
    assert "1 of 11 numbers" in process.stderr.readline()
    return process


@pytest.mark.parametrize("number, status", [(signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_run_with_every_number_told(slow, manifest, tmp_path, number, status):
    process = begin(slow, manifest, tmp_path)
    process.send_signal(number)
    out, _ = process.communicate(timeout=10)
    assert process.returncode == status
    assert f"Exit status {status}: stopped by SIG" in out
    report = read_json(tmp_path / "r.json")
    assert report["run"]["complete"] is False
    assert report["run"]["exit_code"] == status
    assert len(report["results"]) == 11
    assert report["results"][0]["status"] == "in_sync"
    kinds = {result["error"]["kind"] for result in report["results"][1:]}
    assert kinds == {"interrupted"}


def test_an_interrupted_run_leaves_when_the_last_complete_one_was(slow, manifest, tmp_path):
    metric = "sipdrift_last_complete_timestamp_seconds"
    (tmp_path / "r.prom").write_text(f"# TYPE {metric} gauge\n{metric} 17.500\n")
    process = begin(slow, manifest, tmp_path, reports=["--report", f"prometheus={tmp_path}/r.prom"])
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=10)
    text = (tmp_path / "r.prom").read_text()
    assert "\nsipdrift_run_exit_code 130\n" in text
    assert f"\n{metric} 17.500\n" in text
    # A conversion to the same place says the same, and one to another place knows of no other run.
    run = run_sipdrift("convert", tmp_path / "r.json", "--report", f"prometheus={tmp_path}/r.prom", "--report",
                       "prometheus=-", "--report", f"prometheus={tmp_path}/new.prom")
    assert run.status == 0
    assert (tmp_path / "r.prom").read_text() == text
    assert metric not in run.out
    assert (tmp_path / "new.prom").read_text() == run.out


def test_a_signal_that_is_sent_twice_at_once_is_one(slow, manifest, tmp_path):
    """As timeout(1) sends it: to the program, and to the group that it is in."""
    process = begin(slow, manifest, tmp_path)
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=10)
    assert process.returncode in (130, 143)  # the kernel delivers the lower number first
    assert len(read_json(tmp_path / "r.json")["results"]) == 11


def test_a_signal_that_is_ignored_stays_so(slow, manifest, tmp_path):
    process = begin(slow, manifest, tmp_path, sigint=signal.SIG_IGN)
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=10)
    assert process.returncode == 143


def test_a_crash_leaves_no_copy_of_the_key(slow, manifest, tmp_path):
    process = begin(slow, manifest, tmp_path)
    limits = Path(f"/proc/{process.pid}/limits").read_text()
    process.send_signal(signal.SIGABRT)
    process.communicate(timeout=10)
    assert process.returncode == -signal.SIGABRT
    (core_size,) = [line.split()[4:6] for line in limits.splitlines() if line.startswith("Max core file size")]
    assert core_size == ["0", "0"]


def test_a_kill_leaves_the_old_report(slow, manifest, tmp_path):
    (tmp_path / "r.json").write_text("old")
    process = begin(slow, manifest, tmp_path)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=10)
    assert (tmp_path / "r.json").read_text() == "old"


def on_a_terminal(command, env):
    """Runs a command with stdout and stderr on a terminal; gives its status and what it wrote."""
    try:
        pid, master = pty.fork()
    except OSError as error:
        pytest.skip(f"there are no pseudo-terminals here: {error}")
    if pid == 0:
        os.execve(command[0], command, env)
    written = b""
    while True:
        try:
            chunk = os.read(master, 65536)
        except OSError:
            break
        if not chunk:
            break
        written += chunk
    os.close(master)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), written.decode()


def test_a_terminal_sees_colours_and_a_progress_line_that_goes_away(api, manifest):
    server = api({"+11": outbound(port=2)})
    command = [SIPDRIFT, "audit", str(manifest("numbers: [{number: '+11', port: 1}]\n")), "--api-url",
               server.url]
    env = environment(BLAND_API_KEY=KEY, TERM="xterm")
    status, text = on_a_terminal(command, env)
    assert status == 2
    assert "\x1b[31mdrifted" in text
    assert "1 of 1 numbers, 1 drifted, 0 not compared\r\x1b[K" in text
    for quiet in (env | {"NO_COLOR": "1"}, env | {"TERM": "dumb"}):
        assert "\x1b[31m" not in on_a_terminal(command, quiet)[1]
    assert "\x1b[31m" not in on_a_terminal(command + ["--no-color"], env)[1]
    assert "1 of 1" not in on_a_terminal(command + ["--progress", "never"], env)[1]
