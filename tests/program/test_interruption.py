"""SIGHUP, SIGINT and SIGTERM, and worse."""

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
    assert any("1 of 11 numbers" in line for line in process.stderr)
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
