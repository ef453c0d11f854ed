"""The command line: what is asked for, what is refused, and how."""

import os
import re
import subprocess

import pytest
from conftest import FORMATS, KEY, ROOT, SIPDRIFT, environment, outbound, run_sipdrift
from terminal import on_a_terminal


def test_version_and_help_go_to_stdout():
    run = run_sipdrift("--version")
    assert (run.status, run.err) == (0, "")
    assert re.fullmatch(r"sipdrift \d+\.\d+\.\d+\n", run.out)
    for arguments in (["--help"], ["audit", "--help"], ["validate", "-h"], ["compare", "--help"], ["schema", "--help"]):
        run = run_sipdrift(*arguments)
        assert (run.status, run.err) == (0, "")
        assert "Usage: sipdrift" in run.out


def test_help_names_every_option_exit_status_and_format():
    help_text = run_sipdrift("audit", "--help").out
    for option in (
        "--only --exclude --shard --match --report --resume --fail-on --exit-zero --quiet --progress --api-url "
        "--api-key-file --auth-scheme --ca-file --ca-path --proxy --concurrency --rate --retries --timeout "
        "--connect-timeout --max-wait --deadline"
    ).split():
        assert option in help_text
    for status in (0, 1, 2, 4, 6, 64, 65, 130, 143):
        assert re.search(rf"^ +{status}  ", help_text, re.MULTILINE)
    for name in FORMATS:
        assert re.search(rf"^ +{name} ", help_text, re.MULTILINE)


def test_without_a_command_the_help_goes_to_stderr():
    run = run_sipdrift()
    assert (run.status, run.out) == (64, "")
    assert "Usage: sipdrift" in run.err


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["foo"], "there is no such command; there are audit, validate, import, "),
        (["audit"], "MANIFEST is required"),
        (["audit", "m", "--only", ""], "--only: is given, and empty"),
        (["audit", "m", "--previous", ""], "--previous: is given, and empty"),
        (["audit", "m", "--reprt", "x"], "there is no option --reprt\nsipdrift: did you mean --report?"),
        (["audit", "m", "--report", "json"], '"json" is not FORMAT=PATH'),
        (["audit", "m", "--report", "json="], '"json=" is not FORMAT=PATH'),
        (["audit", "m", "--report", "yaml=x"], 'format "yaml" is not known; there are github html json junit markdown prometheus sarif text'),
        (["audit", "m", "--report", "json=x", "--report", "junit=x"], 'two reports go to "x"'),
        (["audit", "m", "--match", "fuzzy"], '"fuzzy" is none of sip|exact'),
        (["audit", "m", "--fail-on", "minor"], '"minor" is none of major|critical'),
        (["audit", "m", "--concurrency", "0"], "--concurrency"),
        (["audit", "m", "--retries", "-1"], "--retries"),
        (["audit", "m", "--timeout", "0"], "--timeout"),
        (["audit", "m", "--rate", "x"], "--rate"),
        (["audit", "m", "--proxy", "garbage proxy"], "--proxy: is not a URL"),
        (["audit", "m", "--timeout", "nan"], "--timeout"),
        (["audit", "m", "--rate", "inf"], "--rate"),
        (["audit", "m", "-j", "10x"], "--concurrency"),
        (["audit", "m", "-j", "0x10"], "--concurrency"),
        (["audit", "m", "-j", "2000"], "from 1 to 1024"),
        (["audit", "m", "--report", "json=m"], "would overwrite an input"),
        (["audit", "m", "--report", "json=./m"], "would overwrite an input"),
        (["audit", "m", "--api-key-file", "k", "--report", "json=k"], "would overwrite an input"),
        (["audit", "m", "--report", "json=r", "--report", "junit=./r"], "two reports go to"),
        (["audit", "m", "--no-colour"], "did you mean --no-color?"),
        (["audit", "m", "--api-url", "http://api.bland.ai"], "is not https"),
        (["audit", "m", "--api-url", "https://h/?a=1"], "query"),
        (["validate", "m", "--only", "x"], "there is no option --only\nsipdrift: see"),
        (["compare", "b"], "AFTER is required"),
        (["compare", "b", "a", "--report", "junit=x"], 'format "junit" is not known; there are html json markdown text'),
        (["compare", "b", "a", "--expect", "p", "--report", "json=p"], "would overwrite an input"),
        (["compare", "b", "a", "--report", "json=a"], "would overwrite an input"),
        (["compare", "-", "-"], "only one of its inputs can be stdin"),
        (["compare", "b", "a", "--match", "x"], '"x" is none of sip|exact'),
        (["schema"], "OF is required"),
        (["schema", "json"], "json not in {manifest,report,changes}"),
        (["schema", "report", "more"], "more arguments"),
        (["--log-level", "loud", "schema", "report"], "loud not in"),
    ],
)
def test_a_bad_command_line_is_told_on_stderr(arguments, message):
    run = run_sipdrift(*arguments)
    assert (run.status, run.out) == (64, "")
    assert message in run.err
    assert run.err.endswith("sipdrift: see sipdrift --help\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["audit", "m", "--api-key", "sk-secret"],
        ["audit", "m", "--api-key=sk-secret"],
        ["audit", "m", "-ksk-secret"],
        ["audit", "m", "--api-url", "https://sk-secret@h"],
        ["audit", "m", "--api-url", "https://u:sk-secret@h"],
        ["audit", "m", "--api-url", "https://h?key=sk-secret"],
    ],
)
def test_a_secret_on_the_command_line_is_refused_and_not_repeated(arguments):
    run = run_sipdrift(*arguments)
    assert run.status == 64
    assert "sk-secret" not in run.out + run.err


@pytest.mark.parametrize("arguments", [
    ["--\x1b[31mfoo\nline"], ["--match", "\x1b[31mfoo\nline"], ["--report", "\x1b[31mfoo\nline=x"], ["--rate", "\x1b\n"]])
def test_what_is_quoted_of_the_command_line_does_nothing_to_a_terminal(arguments):
    run = run_sipdrift("audit", "m.yaml", *arguments)
    assert run.status == 64
    assert "\x1b" not in run.err
    assert all(line.startswith("sipdrift: ") for line in run.err.splitlines())


@pytest.mark.parametrize("command", [["schema", "report"], ["--version"]])
def test_a_closed_stdout_is_a_failure(command):
    run = subprocess.run([SIPDRIFT, *command], env=environment(), stderr=subprocess.PIPE, text=True,
                         preexec_fn=lambda: os.close(1), timeout=10)
    assert run.returncode == 1
    assert "stdout could not be written" in run.stderr


def test_the_api_url_comes_from_the_environment_too(manifest):
    path = manifest("numbers: [{number: '+12', port: 1}]\n")
    run = run_sipdrift("audit", path, env=environment(BLAND_API_KEY="k", SIPDRIFT_API_URL="ftp://x"))
    assert run.status == 64
    assert "neither https nor http" in run.err


def test_validate_tells_what_is_wrong_without_key_or_network(manifest):
    good = manifest("numbers: [{range: '+10..+19', port: 1}]\n", "good.yaml")
    run = run_sipdrift("validate", good, env=environment())
    assert (run.status, run.out, run.err) == (0, f"{good}: 10 numbers, no faults\n", "")
    bad = manifest("numbers: [{number: '+12', port: 05060}]\n", "bad.yaml")
    run = run_sipdrift("validate", good, bad, env=environment())
    assert (run.status, run.out) == (65, "")
    assert run.err == (
        f'{bad}:2:20: +12 is declared twice, first in {good}:2; keep one of the two\n'
        "     2 | numbers: [{number: '+12', port: 05060}]\n"
        "       |                    ^~~~~\n"
        f'{bad}:2:33: port "05060" begins with 0, which YAML reads as octal; write 5060\n'
        "     2 | numbers: [{number: '+12', port: 05060}]\n"
        "       |                                 ^~~~~\n"
        "sipdrift: 2 faults in the manifest; no request was sent\n"
    )


def test_validate_reads_stdin(manifest):
    text = "version: 1\nnumbers: [{number: '+12', port: 1}]\n"
    assert run_sipdrift("validate", "-", stdin=text).out == "-: 1 number, no faults\n"
    assert run_sipdrift("validate", "-", stdin="x\n").err.startswith("-:1:1: ")


def test_a_manifest_that_cannot_be_read_is_bad_input(tmp_path):
    run = run_sipdrift("validate", tmp_path / "none.yaml", tmp_path)
    assert run.status == 65
    assert f"sipdrift: {tmp_path}/none.yaml: cannot be read: No such file or directory\n" in run.err
    assert f"sipdrift: {tmp_path}: cannot be read: Is a directory\n" in run.err


@pytest.mark.parametrize("arguments", [["schema", "report"], ["--version"], ["--help"]])
def test_stdout_that_cannot_be_written_is_a_failure(arguments):
    import subprocess
    from conftest import SIPDRIFT

    with open("/dev/full", "w") as full:
        process = subprocess.run([SIPDRIFT, *arguments], stdout=full, stderr=subprocess.PIPE)
    assert process.returncode == 1


def test_a_terminal_sees_colours(api, manifest):
    server = api({"+11": outbound(port=2)})
    command = [SIPDRIFT, "audit", str(manifest("numbers: [{number: '+11', port: 1}]\n")), "--api-url", server.url,
               "--progress", "never"]
    env = environment(BLAND_API_KEY=KEY, TERM="xterm")
    status, text = on_a_terminal(command, env)
    assert status == 2
    assert "\x1b[31mdrifted" in text
    for quiet in (env | {"NO_COLOR": "1"}, env | {"TERM": "dumb"}):
        assert "\x1b" not in on_a_terminal(command, quiet)[1]
    assert "\x1b" not in on_a_terminal(command + ["--no-color"], env)[1]
