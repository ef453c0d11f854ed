"""The program under test, the sample API beside it, and everything between them real."""

import json
import os
import subprocess
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SIPDRIFT = os.environ["SIPDRIFT_PROGRAM"]
SAMPLE_API = os.environ["SIPDRIFT_SAMPLE_API"]
KEY = "sk-test/1+2=3"


class Outcome:
    """What one run of the program came to."""

    def __init__(self, process):
        self.status = process.returncode
        self.out = process.stdout
        self.err = process.stderr


def environment(**extra):
    """Nothing of the caller's that could change the outcome."""
    kept = ("PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "HOME")
    return {name: os.environ[name] for name in kept if name in os.environ} | extra


def run_sipdrift(*arguments, env=None, stdin=None, cwd=None):
    process = subprocess.run(
        [SIPDRIFT, *map(str, arguments)],
        env=environment(BLAND_API_KEY=KEY) if env is None else env,
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        text=True,
        cwd=cwd,
        timeout=60,
    )
    return Outcome(process)


def known_formats():
    """The names of all report formats, as the program tells them."""
    refusal = run_sipdrift("convert", "-", "--report", "none=x").err
    return refusal.partition("; there are ")[2].splitlines()[0].split()


FORMATS = known_formats()


class Api:
    """The sample provider API, serving one fleet."""

    def __init__(self, folder, fleet):
        self.fleet_file = folder / "fleet.json"
        self.fleet_file.write_text(fleet if isinstance(fleet, str) else json.dumps(fleet))
        self.key_file = folder / "key"
        self.key_file.write_text(KEY + "\n")
        self.key_file.chmod(0o600)
        self.process = subprocess.Popen(
            [SAMPLE_API, "--fleet", self.fleet_file, "--api-key-file", self.key_file],
            env=environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = self.process.stdout.readline().split()[-1]
        self.requests = []  # read all the time, so that the pipe never fills
        self.methods = set()
        self.auth_schemes = []
        self.reader = threading.Thread(target=self.read_requests)
        self.reader.start()

    def read_requests(self):
        for line in self.process.stdout:
            method, target, status, auth_scheme = line.split()
            self.methods.add(method)
            self.auth_schemes.append(auth_scheme)
            self.requests.append((target, status))

    def audit(self, manifest, *arguments, **keywords):
        return run_sipdrift("audit", manifest, "--api-url", self.url, *arguments, **keywords)

    def stop(self):
        """Ends it, and gives the requests that it had, as (target, status)."""
        self.process.terminate()
        self.process.wait(timeout=10)
        self.reader.join(timeout=10)
        self.process.stdout.close()
        assert self.methods <= {"GET"}
        return self.requests


@pytest.fixture
def api(tmp_path):
    """Starts the sample API with a fleet; stops all of them in the end."""
    started = []

    def start(fleet):
        folder = tmp_path / f"api{len(started)}"
        folder.mkdir()
        started.append(Api(folder, fleet))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.stop()


@pytest.fixture
def manifest(tmp_path):
    """Writes a manifest file from the lines below `version: 1`."""

    def write(text, name="manifest.yaml"):
        path = tmp_path / name
        path.write_text("version: 1\n" + text)
        return path

    return write


@pytest.fixture
def report(tmp_path):
    return tmp_path / "report.json"


def audit_range(server, manifest, count, *arguments):
    """Audits `count` numbers from +1000 on, whose outbound port is to be 5061."""
    text = f"numbers: [{{range: '+1000..+{1000 + count - 1}', outbound: {{port: 5061}}}}]\n"
    return run_sipdrift("audit", manifest(text), "--api-url", server.url, *arguments)


ONE = "numbers: [{number: '+12', port: 5061}]\n"


def only_error(run, path):
    """The one result of a report on ONE, which could not be compared."""
    assert run.status == 4, run.out + run.err
    (result,) = read_json(path)["results"]
    assert result["status"] == "not_compared"
    assert result["findings"] == result["matched"] == []
    return result


def outbound(**options):
    """A live configuration: one outbound direction, with an endpoint if it is among the options."""
    endpoint = options.pop("sip_endpoint", None)
    return {"inbound": None, "outbound": {"sip_endpoint": endpoint, "options": options}}


def reply(body, **more):
    """A live answer of any kind."""
    return {"reply": {"body": body, **more}}


def junit_counts(report):
    """What a JUnit report of a JSON report comes to: tests, failures, errors, skipped."""
    summary, discovery = report["summary"], report["discovery"]
    fails = bool(discovery) and discovery["mode"] == "fail"
    has_no_list = bool(discovery) and discovery["error"] is not None
    is_empty = report["results"] == []
    return (len(report["results"]) + is_empty + bool(discovery),
            summary["drifted"] + fails * summary["unmanaged"],
            summary["not_compared"] + has_no_list,
            summary["waived"] + (not fails) * summary["unmanaged"] + is_empty)


def read_json(path):
    return json.loads(Path(path).read_text())
