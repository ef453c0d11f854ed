"""Every call that writes, flushes, renames or closes, failed once each: no torn report, no exit 0."""

import json
import os
import subprocess
import xml.etree.ElementTree as xml

import pytest
from conftest import KEY, SIPDRIFT, environment, outbound

SHIM = os.environ["SIPDRIFT_FAILING_CALLS"]
OLD = "the old report\n"

# Twenty numbers, all in sync: without a fault the exit status would be 0.
FLEET = {f"+10{i}": outbound(port=5061) for i in range(10, 30)}
MANIFEST = "numbers: [{range: '+1010..+1029', outbound: {port: 5061}}]\n"


class Audits:
    """Runs the same audit again and again, each time with another call that fails."""

    def __init__(self, server, manifest, folder):
        self.server, self.manifest, self.folder = server, manifest, folder
        self.folder.mkdir()
        self.log = folder.parent / "calls"

    def run(self, **torture):
        for path in self.folder.iterdir():
            path.unlink()
        self.log.unlink(missing_ok=True)
        for name in ("r.json", "r.xml", "r.txt"):
            (self.folder / name).write_text(OLD)
        # A sanitizer wants to come first, and is there already where the program has one.
        settings = {f"TORTURE_{name.upper()}": str(value) for name, value in torture.items()}
        run = subprocess.run(
            [SIPDRIFT, "audit", self.manifest, "--api-url", self.server.url, "--report", f"json={self.folder}/r.json",
             "--report", f"junit={self.folder}/r.xml", "--report", f"text={self.folder}/r.txt"],
            env=environment(BLAND_API_KEY=KEY, LD_PRELOAD=SHIM, TORTURE_LOG=str(self.log), **settings)
            | {"ASAN_OPTIONS": "verify_asan_link_order=0"},
            capture_output=True, text=True, timeout=60)
        calls = self.log.read_text().splitlines() if self.log.exists() else []
        return run, calls

    def check_reports(self):
        """Each is the old one, or whole."""
        for name, is_whole in {
            "r.json": lambda text: len(json.loads(text)["results"]) == 20,
            "r.xml": lambda text: xml.fromstring(text).tag in ("testsuite", "testsuites"),
            "r.txt": lambda text: "Exit status" in text.splitlines()[-1],
        }.items():
            text = (self.folder / name).read_text()
            assert text == OLD or is_whole(text), f"{name} is torn"

    def texts(self):
        return [(self.folder / name).read_text() for name in ("r.json", "r.xml", "r.txt")]

    def litter(self):
        return sorted(set(os.listdir(self.folder)) - {"r.json", "r.xml", "r.txt"})


@pytest.fixture
def audits(api, manifest, tmp_path):
    return Audits(api(FLEET), manifest(MANIFEST), tmp_path / "reports")


def test_without_a_fault_all_is_well(audits):
    run, calls = audits.run()
    assert run.returncode == 0, run.stderr
    audits.check_reports()
    assert audits.litter() == []
    # Three files, each written, flushed with its folder, put down, closed and renamed; and stdout.
    for call, times in {"write file": 3, "fsync file": 6, "linkat file": 3, "close file": 3, "rename file": 3}.items():
        assert calls.count(call) == times
    assert calls.count("write pipe") >= 1


@pytest.mark.parametrize("how", ["EIO", "ENOSPC"])
def test_every_call_that_fails_is_told(audits, how):
    _, calls = audits.run()
    # A file that cannot be put down is written once more, under a name.
    for nth in range(1, len(calls) + 1):
        run, made = audits.run(nth=nth, how=how)
        if made[nth - 1] == "linkat file":
            assert run.returncode == 0, run.stderr
        else:
            assert run.returncode == 1, f"{nth}: {made[nth - 1]}: {run.stderr}"
            assert "could not be written" in run.stderr or made[nth - 1] == "write pipe"
        audits.check_reports()
        assert audits.litter() == []


@pytest.mark.parametrize("how", ["EINTR", "short"])
def test_what_only_needs_to_be_gone_on_with_is(audits, how):
    _, calls = audits.run()
    for call in ("write", "fsync") if how == "EINTR" else ("write",):
        for nth in range(1, sum(made.startswith(call) for made in calls) + 1):
            run, _ = audits.run(call=call, nth=nth, how=how)
            assert run.returncode == 0, run.stderr
            audits.check_reports()
            assert OLD not in audits.texts()


def test_a_kill_at_any_moment_leaves_every_report_whole(audits):
    _, calls = audits.run()
    for nth in range(1, len(calls) + 1):
        run, made = audits.run(nth=nth, how="kill")
        assert run.returncode == -9
        audits.check_reports()
        # A file has a name of its own only between being put down and taking its place.
        named = made.count("linkat file") - made.count("rename file")
        assert len(audits.litter()) <= named + made[-4:].count("rename file")


def test_where_a_file_needs_a_name_at_once_it_has_one(audits):
    run, _ = audits.run(never="linkat")
    assert run.returncode == 0, run.stderr
    audits.check_reports()
    assert OLD not in audits.texts()
    assert audits.litter() == []
