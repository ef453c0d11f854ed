"""--log-format json: whatever is said on stderr is an object a line, for programs that collect logs."""

import json
import os
import re
import subprocess

import pytest
from conftest import KEY, ROOT, SIPDRIFT, environment, outbound, run_sipdrift
from servers import ScriptServer, good, whole_answer
from terminal import OnTerminal

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
JSON = ["--log-format", "json"]
TEN = "numbers: [{range: '+1000..+1009', outbound: {port: 5061}}]\n"


def objects(err):
    """Each line, which must be an object of the form that is promised: as (level, message)."""
    assert err == "" or err.endswith("\n")
    entries = [json.loads(line) for line in err.splitlines()]
    for entry in entries:
        assert list(entry) == ["time", "level", "service", "message"]
        assert TIME.fullmatch(entry["time"])
        assert entry["level"] in ("debug", "info", "warning", "error")
        assert entry["service"] == "sipdrift"
    return [(entry["level"], entry["message"]) for entry in entries]


def test_the_log_is_an_object_a_line(manifest):
    failed = whole_answer(b"", status="500 Internal Server Error")
    with ScriptServer(lambda request: failed if request.nth == 4 else good(request)) as server:
        run = run_sipdrift("audit", manifest(TEN), "--api-url", server.url, "--log-level", "debug", *JSON)
    assert run.status == 0
    ((level, message),) = objects(run.err)
    assert level == "debug"
    assert re.fullmatch(r"attempt 1 for \S+ failed \(HTTP 500\); next in \d+ ms", message)


def test_a_log_as_text_is_as_it_was(api, manifest):
    server = api({})
    for arguments in ([], ["--log-format", "text"]):
        run = server.audit(manifest(TEN), "--only", "+9", *arguments)
        assert run.err == ("sipdrift: warning: no number was selected: --only and --exclude leave nothing to audit\n")
    run = server.audit(manifest(TEN), "--only", "+9", *JSON)
    assert objects(run.err) == [("warning", "no number was selected: --only and --exclude leave nothing to audit")]


def test_messages_are_objects_too(manifest, tmp_path):
    run = run_sipdrift(*JSON, "audit", manifest(TEN), env=environment())
    assert run.status == 65
    assert objects(run.err) == [
        ("error", "no API key: set BLAND_API_KEY in the environment, or give --api-key-file FILE")]
    run = run_sipdrift("convert", tmp_path / "none.json", *JSON)
    assert objects(run.err) == [("error", f"{tmp_path}/none.json: cannot be read: No such file or directory")]
    run = subprocess.run([SIPDRIFT, *JSON, "schema", "report"], env=environment(), stderr=subprocess.PIPE, text=True,
                         preexec_fn=lambda: os.close(1), timeout=10)
    assert run.returncode == 1
    ((level, message),) = objects(run.stderr)
    assert level == "error" and message.startswith("stdout could not be written: ")


def test_a_manifests_faults_are_an_object_each_without_what_is_for_eyes(manifest):
    plain = run_sipdrift("validate", ROOT / "samples/faulty.yaml").err
    headlines = [line for line in plain.splitlines() if not line.startswith("  ")]
    run = OnTerminal([SIPDRIFT, "validate", ROOT / "samples/faulty.yaml", *JSON], environment(TERM="xterm"), 1000)
    assert run.finish()[0] == 65
    *faults, last = objects(run.screen.text)
    assert faults == [("error", headline) for headline in headlines[:-1]]
    assert last == ("error", headlines[-1].removeprefix("sipdrift: "))


@pytest.mark.parametrize("arguments", [
    ["audit", "m", "--reprt", "x"], ["audit"], ["audit", "m", "--rate", "x"], ["audit", "m", "--report", "json"],
    ["audit", "m", "--api-url", "http://h"], ["schema", "x"], ["foo"], ["audit", "m", "--only"]])
def test_a_bad_command_line_is_told_in_the_form_that_it_asks_for(arguments):
    plain = run_sipdrift(*arguments)
    run = run_sipdrift(*JSON, *arguments)
    assert run.status == plain.status == 64
    assert objects(run.err) == [("error", line.removeprefix("sipdrift: ")) for line in plain.err.splitlines()]
    run = run_sipdrift("--log-format", "text", *arguments)
    assert run.err == plain.err


def test_an_unknown_form_is_told_as_text():
    run = run_sipdrift("--log-format", "xml", "schema", "report")
    assert run.status == 64
    assert run.err == 'sipdrift: --log-format: "xml" is none of text|json\nsipdrift: see sipdrift --help\n'


def test_without_a_command_the_help_is_one_object():
    run = run_sipdrift(*JSON)
    assert (run.status, run.out) == (64, "")
    ((level, message),) = objects(run.err)
    assert "Usage: sipdrift" in message


@pytest.mark.parametrize("name", [b"two\nlines", b"\x1b[31mred", b"\xff\xfe", "\u202eback".encode(), b'"quoted"\\'])
def test_hostile_text_makes_no_line_of_its_own(name):
    run = subprocess.run([SIPDRIFT, *JSON, "validate", name], env=environment(), capture_output=True, timeout=10)
    assert run.returncode == 65
    assert not set(run.stderr[:-1]) & {*range(0x20), 0x7F}
    ((level, message),) = objects(run.stderr.decode())
    assert level == "error" and message.endswith(": cannot be read: No such file or directory")
    assert "\u202e" not in message and "\x1b" not in message


def test_progress_is_objects_where_it_is_asked_for(api, manifest):
    server = api({f"+10{i:02}": outbound(port=5061) for i in range(10)})
    run = server.audit(manifest(TEN), "--progress", "always", *JSON)
    assert run.status == 0
    entries = objects(run.err)
    assert {level for level, _ in entries} == {"info"}
    assert entries[-1][1].startswith("10 of 10 numbers, 0 drifted, 0 not compared, in 0:0")
    assert server.audit(manifest(TEN), *JSON).err == ""


def test_a_terminal_sees_no_line_that_is_drawn_over(manifest):
    def server():
        busy = whole_answer({"error": "slow down"}, "Retry-After: 1", status="429 Too Many Requests")
        return ScriptServer(lambda request: busy if request.nth == 3 else good(request))

    for mode in ("auto", "always"):
        with server() as one:
            run = OnTerminal([SIPDRIFT, "audit", manifest(TEN), "--api-url", one.url, "-j", "1", "--progress", mode, *JSON],
                             environment(BLAND_API_KEY=KEY, TERM="xterm"), 1000)
            assert run.finish()[0] == 0
        assert b"\x1b" not in run.written
        assert bool(objects(run.screen.text)) == (mode == "always")


def test_no_summary_stands_between_the_objects(api, manifest):
    server = api({f"+10{i:02}": outbound(port=5060) for i in range(10)})
    run = server.audit(manifest(TEN), "--report", "json=-", "--progress", "always", *JSON)
    assert run.status == 2
    assert len(json.loads(run.out)["results"]) == 10
    assert objects(run.err)
    run = server.audit(manifest(TEN), *JSON)
    assert "Exit status 2: drift" in run.out and run.err == ""


@pytest.mark.parametrize("key", [KEY, 'sk"te\\st/1+2=3', "sk-'<&>\\"])
def test_no_object_holds_the_key(manifest, tmp_path, key):
    def answer(request):
        return whole_answer({"data": None, "errors": [{"error": key, "message": key}]}, status="401 Unauthorized")

    with ScriptServer(answer) as server:
        run = run_sipdrift("audit", manifest(TEN), "--api-url", server.url, "--log-level", "debug", "--report",
                           f"json=/none/{key}", *JSON, env=environment(BLAND_API_KEY=key))
    assert run.status == 1
    assert objects(run.err)
    assert "[redacted]" in run.err
    for spelling in (key, json.dumps(key)[1:-1], json.dumps(key)[1:-1].replace("/", "\\/")):
        assert spelling not in run.err
    assert key not in "".join(message for _, message in objects(run.err))
