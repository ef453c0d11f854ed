"""The key and passwords, put wherever they could come from, and looked for in all that comes out."""

import base64
import urllib.parse

import pytest
from conftest import FORMATS, KEY, environment, run_sipdrift
from servers import ScriptServer, direction, whole_answer

SPELLINGS = {
    "plain": KEY,
    "percent": urllib.parse.quote(KEY, safe=""),
    "percent, lower case": urllib.parse.quote(KEY, safe="").lower().replace(KEY.lower(), KEY),
    "base64": base64.b64encode(KEY.encode()).decode(),
    "base64 of user:key": base64.b64encode(f"api:{KEY}".encode()).decode(),
    "base64 of key and more": base64.b64encode(f"{KEY} and more".encode()).decode(),
}

# Where the core of a key in Base64 stands, whatever is before it.
CORES = [base64.b64encode((" " * offset + KEY).encode()).decode()[4 if offset else 0: (offset + len(KEY)) // 3 * 4]
         for offset in range(3)]


def leaks(text):
    found = [name for name, spelling in SPELLINGS.items() if spelling in text]
    return found + [core for core in CORES if core in text]


def outputs(server, manifest, tmp_path, *arguments):
    reports = [word for name in FORMATS for word in ("--report", f"{name}={tmp_path}/r.{name}")]
    run = run_sipdrift("audit", manifest, "--api-url", server.url, "--log-level", "debug", "--progress", "always",
                       "--retries", "1", *reports, *arguments)
    texts = {path.name: path.read_text() for path in tmp_path.glob("r.*")}
    assert len(texts) == len(FORMATS), run.err
    return run, texts | {"stdout": run.out, "stderr": run.err}


def as_endpoint(secret):
    return {"sip_endpoint": f"sip:{secret}@h"}, "200 OK"


def as_host(secret):
    return {"sip_endpoint": secret}, "200 OK"


def as_transport(secret):
    return {"options": {"transport": secret}}, "200 OK"


def as_auth_mode(secret):
    return {"options": {"auth_mode": secret}}, "200 OK"


def as_port(secret):
    return {"options": {"port": secret}}, "200 OK"


def as_number(secret):
    return {"number": secret}, "200 OK"


def as_direction(secret):
    return {"direction": secret}, "200 OK"


def as_key(secret):
    return {secret: secret, "options": {secret: secret, "headers": {secret: secret}}}, "200 OK"


def as_error(secret):
    return secret, "500 Internal Server Error"


def as_refusal(secret):
    return secret, "400 Bad Request"


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("place", [as_endpoint, as_host, as_transport, as_auth_mode, as_port, as_number, as_direction,
                                   as_key, as_error, as_refusal], ids=lambda place: place.__name__)
def test_an_api_that_repeats_the_key_finds_it_in_no_output(manifest, tmp_path, place, spelling):
    what, status = place(SPELLINGS[spelling])

    def answer(request):
        if isinstance(what, str):
            return whole_answer({"data": None, "errors": [{"error": what, "message": f"about {what}"}]}, f"X-Echo: {what}",
                                status=status)
        return whole_answer({"data": {"inbound": None, "outbound": direction("outbound", request.number) | what},
                             "errors": None}, status=status)

    text = "numbers: [{range: '+1000..+1002', outbound: {port: 5061, transport: tls, sip_endpoint: 'sip:x'}}]\n"
    with ScriptServer(answer) as server:
        run, texts = outputs(server, manifest(text), tmp_path)
    assert run.status in (2, 4)
    for name, text in texts.items():
        assert leaks(text) == [], name


def test_a_key_that_somebody_wrote_into_the_manifest_is_in_no_output(manifest, tmp_path):
    name = KEY.replace("/", "").replace("+", "").replace("=", "")
    text = (f"profiles: {{{name}: {{outbound: {{port: 1}}}}}}\n"
            f"numbers: [{{number: +12, profile: {name}, tags: [{name}], outbound: {{sip_endpoint: 'sip:{name}@h'}}}}]\n")
    with ScriptServer(lambda request: whole_answer({})) as server:
        reports = [word for f in FORMATS for word in ("--report", f"{f}={tmp_path}/r.{f}")]
        run = run_sipdrift("audit", manifest(text, name=f"{name}.yaml"), "--api-url", server.url, *reports,
                           env=environment(BLAND_API_KEY=name))
    assert run.status == 4, run.err
    for shown in (run.out, run.err, *(path.read_text() for path in tmp_path.glob("r.*"))):
        assert name not in shown


@pytest.mark.parametrize("password", ["hunter2hunter2", "hunt%65r2hunter2"])
def test_a_password_in_an_endpoint_is_compared_and_in_no_output(manifest, tmp_path, password):
    endpoint = f"sip:alice:{password}@h"
    text = "numbers: [{number: +12, sip_endpoint: 'sip:alice:another0password@h'}]\n"
    with ScriptServer(lambda request: whole_answer({"data": {
        "inbound": None, "outbound": direction("outbound", "+12", sip_endpoint=endpoint)}, "errors": None})) as server:
        run, texts = outputs(server, manifest(text), tmp_path)
    assert run.status == 2
    assert "differs (redacted)" in texts["stdout"]
    for name, shown in texts.items():
        for secret in (password, "hunter2", "another0password"):
            assert secret not in shown, name


def test_what_could_give_the_key_away_from_outside_has_no_effect(manifest, tmp_path):
    """.netrc, cookies and a file for the keys of TLS."""
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login netrc-login password netrc-password\n")
    (tmp_path / ".netrc").chmod(0o600)
    heads = []

    class Listening(ScriptServer):
        def reply(self, connection, head):
            heads.append(head)
            return super().reply(connection, head)

    with Listening(lambda request: whole_answer({"data": {"inbound": None, "outbound": direction("outbound", request.number)},
                                                 "errors": None}, "Set-Cookie: session=1; Path=/")) as server:
        run = run_sipdrift("audit", manifest("numbers: [{range: '+1000..+1009', outbound: {port: 5061}}]\n"), "--api-url",
                           server.url, "-j", "1",
                           env=environment(BLAND_API_KEY=KEY, HOME=str(tmp_path), SSLKEYLOGFILE=str(tmp_path / "keys")))
    assert run.status == 0, run.out
    assert len(heads) == 10
    for head in heads:
        assert f"Authorization: Bearer {KEY}\r\n".encode() in head
        assert b"netrc" not in head and b"Cookie" not in head and b"Basic" not in head
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize("arguments", [
    ["audit", "m.yaml", f"--{KEY}"], ["audit", "m.yaml", "--report", f"{KEY}=x"], ["audit", "m.yaml", "--match", KEY],
    ["audit", "m.yaml", "--rate", KEY], ["validate", KEY], ["convert", KEY], ["schema", KEY]])
def test_a_key_on_the_command_line_is_not_repeated(arguments, tmp_path):
    run = run_sipdrift(*arguments, cwd=tmp_path)
    assert run.status in (64, 65)
    assert leaks(run.out + run.err) == []


@pytest.mark.parametrize("arguments", [["--rate", "sip:a:hunter2@h"], ["--match", "sip:a:hunter2@h"]])
def test_a_password_on_the_command_line_is_not_repeated(arguments):
    run = run_sipdrift("audit", "m.yaml", *arguments)
    assert run.status == 64
    assert "hunter2" not in run.err


def test_a_key_in_the_environment_is_kept_beside_the_one_in_a_file(manifest, tmp_path):
    (tmp_path / "key").write_text("the-key-in-the-file\n")
    (tmp_path / "key").chmod(0o600)

    def answer(request):
        return whole_answer({"data": None, "errors": [{"error": "X", "message": f"{KEY}, the-key-in-the-file"}]},
                            status="400 Bad Request")

    with ScriptServer(answer) as server:
        run = run_sipdrift("audit", manifest("numbers: [{number: +12, port: 1}]\n"), "--api-url", server.url,
                           "--api-key-file", tmp_path / "key")
    assert run.status == 4
    assert "[redacted], [redacted]" in run.out
