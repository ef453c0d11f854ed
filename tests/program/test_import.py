"""sipdrift import: a manifest of what is live, which an audit finds in sync at once."""

import base64
import json
import re
import signal
import subprocess
import threading
import urllib.parse

import jsonschema
import pytest
import yaml
from conftest import KEY, ROOT, SIPDRIFT, environment, outbound, reply, run_sipdrift
from servers import ScriptServer, good, whole_answer

TRUNK = {"inbound": {"options": {"auth_mode": "ip"}},
         "outbound": {"sip_endpoint": "sip:trunk.provider.com",
                      "options": {"port": 5061, "transport": "tls", "secure_media": True}}}


def do_import(server, *arguments, **keywords):
    return run_sipdrift("import", "--api-url", server.url, *arguments, **keywords)


def expect_in_sync(server, text, tmp_path, count):
    """Holds what was imported against the same API, and against the reader of manifests."""
    path = tmp_path / "imported.yaml"
    path.write_text(text)
    run = server.audit(path) if hasattr(server, "audit") else run_sipdrift("audit", path, "--api-url", server.url)
    assert run.status == 0, run.out + run.err + text
    assert f"{count} number{'s' if count > 1 else ''}: {count} in sync" in run.out
    return run


def listing(*numbers, **beside):
    entries = [{"phone_number": number, "directions": ["outbound"], "sip_endpoint": None} for number in numbers]
    return {"data": {"numbers": entries} | beside, "errors": None}


def listed(body, numbers=good):
    """A server whose list of numbers is `body`, an answer or what goes into one."""
    answer = body if isinstance(body, bytes) or callable(body) else whole_answer(body)
    return ScriptServer(lambda request: answer if request.number is None else numbers(request))


def declared(text):
    return "\n".join(line for line in text.splitlines() if not line.startswith("#"))


# ---- What is written -------------------------------------------------------------------------

def test_the_schema_knows_what_is_written(api):
    text = do_import(api((ROOT / "samples/fleet.json").read_text())).out
    schema = json.loads(run_sipdrift("schema", "manifest").out)
    jsonschema.Draft202012Validator(schema).validate(yaml.safe_load(text))


def test_the_sample_fleet_is_in_sync_at_once(api, tmp_path):
    server = api((ROOT / "samples/fleet.json").read_text())
    run = do_import(server)
    assert run.status == 4, run.err
    expect_in_sync(server, run.out, tmp_path, 12)
    assert "\n  trunk-provider:\n    inbound:  { auth_mode: ip }\n" in run.out
    assert run.out.endswith("""
# 1 number could not be read, and is not declared:
#   bad_reply: the API reports an error: SIP_NOT_ENABLED: SIP is not enabled for this organisation
#     +14155550140
""")
    assert run.err == ("sipdrift: 12 numbers imported\nsipdrift: 1 number could not be imported: the manifest's last "
                       "comments list them, with the reasons\n")


def test_all_kinds_of_configurations_are_in_sync_at_once(api, tmp_path):
    fleet = {f"+1415555{i:04}": TRUNK for i in range(5)}
    fleet |= {
        "+12": outbound(sip_endpoint="sip:+12@h.example.com;transport=tls", port=5061),
        "+13": outbound(sip_endpoint="sip:+13@h.example.com;transport=tls", port=5061),
        "+14": outbound(sip_endpoint="sip:h:5060;transport=udp", port=5061, transport="tls"),
        "+15": outbound(sip_endpoint="h:5060", port="5061", secure_media="true", transport="TLS"),
        "+16": outbound(sip_endpoint="tls://h", port=5061),
        "+17": outbound(sip_endpoint="sips:h;transport=udp", transport="sctp", auth_mode="magic", port=1),
        "+18": outbound(sip_endpoint="unset", transport="unset", auth_mode="absent"),
        "+19": outbound(sip_endpoint="[2001:DB8::0:1]:5060;a='b';lr?x=%22"),
        "+20": {"inbound": {"sip_endpoint": "sip:h", "options": {"auth_mode": "register"}}, "outbound": None},
        "+21": {"inbound": {"sip_endpoint": "sip:h", "options": {"auth_mode": "register"}}, "outbound": None},
        "+22": {"inbound": None, "outbound": None},
        "+23": {"inbound": {"options": {}}, "outbound": None},
    }
    server = api(fleet)
    run = do_import(server)
    assert (run.status, run.err) == (0, "sipdrift: 17 numbers imported\n"), run.err
    expect_in_sync(server, run.out, tmp_path, 17)
    assert do_import(server).out == run.out
    assert '  - range: "+14155550000..+14155550004"\n    profile: trunk-provider\n' in run.out
    assert '  - numbers: ["+20", "+21"]\n    profile: h\n' in run.out
    assert "# Listed by the provider, which has no configuration for it; declared absent:\n#   +22\n" in run.out
    assert "#   inbound: it is configured, and holds nothing that can be declared\n#     +23\n" in run.out


def test_four_thousand_numbers_are_a_page(api, tmp_path):
    fleet = {}
    for i in range(4000):
        trunk = json.loads(json.dumps(TRUNK))
        trunk["outbound"]["options"]["port"] = 5061 + i // 1000
        fleet[f"+1415{5550000 + i + i // 500}"] = trunk
    server = api(fleet)
    run = do_import(server)
    assert run.status == 0, run.err
    assert len(run.out.splitlines()) < 50
    assert run.out.count("range:") == 8
    for port in (5061, 5062, 5063, 5064):
        assert f"\n  trunk-provider-{port}:\n" in run.out
    expect_in_sync(server, run.out, tmp_path, 4000)


def test_it_does_not_tell_when_it_was_made(api):
    text = do_import(api({"+12": TRUNK})).out
    assert not re.search(r"\d{4}-\d\d|\d:\d\d:\d\d", text)
    assert re.match(r"# Imported by sipdrift \d+\.\d+\.\d+ from what was live at http://127\.0\.0\.1:\d+: 1 number\.\n",
                    text)


def test_a_list_may_link_to_other_things():
    links = ['Link: </style>; rel="preload"; title="next"', "Link: <https://a/docs>; rel=help, </next>; rel=prev"]
    with listed(whole_answer(listing("+12"), *links)) as server:
        assert do_import(server).status == 0


def test_a_list_of_numbers_may_be_long(tmp_path):
    numbers = [f"+1415{i:07}" for i in range(12_000)]
    with listed(listing(*numbers)) as server:
        run = do_import(server, "--only", "*00017")
        assert run.status == 0, run.err
        assert server.numbers == [None, "+14150000017"]


def test_what_is_no_number_is_told_of(api, tmp_path):
    server = api({"+12": TRUNK, "2001": TRUNK, "bland-001": TRUNK, "a\nb: \x1b[2J": TRUNK})
    run = do_import(server)
    assert run.status == 0, run.err
    assert ("# Listed by the provider, and no E.164 number; it cannot be declared:\n"
            '#   "2001", "a\\u{A}b: \\u{1B}[2J", "bland-001"\n') in run.out
    assert "the provider also lists 3 identifiers that are no E.164 numbers" in run.err
    expect_in_sync(server, run.out, tmp_path, 1)
    assert not any("2001" in target for target, _ in server.stop()[1:])


def test_hostile_text_stays_in_its_comment(api, tmp_path):
    bad = "x\nnumbers:\n- \x1b[2J \u202e##[error]" + "y" * 500
    fleet = {
        "+12": TRUNK,
        "+13": reply({"data": None, "errors": [{"error": "E", "message": bad}]}),
        "+14": outbound(port=5061) | {"inbound": {"options": {"auth_mode": bad}}},
        "+15": outbound(sip_endpoint=bad, port=5061),
        "+16": outbound(transport=bad, port=5061),
        "+17": outbound(sip_endpoint=bad),
    }
    server = api(fleet)
    run = do_import(server)
    assert run.status == 4
    assert "\x1b" not in run.out + run.err and "\u202e" not in run.out and "##[" not in run.out
    assert all(line.startswith("#") for line in run.out.splitlines() if "\\u{A}numbers" in line)
    assert "# Not declared, as nothing of it can be:\n#   +17\n" not in run.out  # its inbound is absent
    expect_in_sync(server, run.out, tmp_path, 5)


def test_numbers_that_hold_nothing_are_not_imported(api, tmp_path):
    server = api({"+12": TRUNK, "+13": {"inbound": {"options": {"auth_mode": "magic"}}, "outbound": {}}})
    run = do_import(server)
    assert run.status == 4
    assert "# Not declared, as nothing of it can be:\n#   +13\n" in run.out
    expect_in_sync(server, run.out, tmp_path, 1)


# ---- Secrets ---------------------------------------------------------------------------------

def test_a_password_is_never_written(api, tmp_path):
    fleet = {f"+1{i}": outbound(sip_endpoint=endpoint, port=5061) for i, endpoint in enumerate(
        ["sip:alice:hunter2@h", "sip:h;password=hunter2", "sip:h?token=hunter2", "alice:hunter2@h", "sip:a:hunter2",
         "sip:alice:hunter2@h:x", "tls://alice:hunter2@h"], start=10)}
    fleet["+20"] = outbound(transport="sip:alice:hunter2@h", port=1)
    server = api(fleet)
    run = do_import(server, "--log-level", "debug", "--progress", "always")
    assert run.status == 0, run.err
    assert "hunter2" not in run.out + run.err
    assert "#   outbound.sip_endpoint: left out: it holds a password" in run.out
    expect_in_sync(server, run.out, tmp_path, 8)


def test_the_key_is_never_written(api):
    spellings = [KEY, urllib.parse.quote(KEY, safe=""), base64.b64encode(KEY.encode()).decode()]
    fleet = {"+12": TRUNK}
    for i, spelling in enumerate(spellings):
        fleet[f"+2{i}"] = outbound(sip_endpoint=spelling, port=1)
        fleet[f"+3{i}"] = outbound(sip_endpoint=f"sip:{spelling}@h", port=1)
        fleet[f"+4{i}"] = outbound(transport=spelling, auth_mode=spelling, port=1)
        fleet[f"+5{i}"] = reply({"error": f"{'x' * 190} {spelling}"}, status=404)
        fleet[f"+6{i}"] = reply(spelling, status=500)
        fleet[spelling] = TRUNK
    run = do_import(api(fleet), "--log-level", "debug", "--retries", "0")
    assert run.status == 4, run.err
    for spelling in spellings:
        assert spelling not in run.out and spelling not in run.err
        assert spelling[:-2] not in run.out + run.err


def test_a_number_that_is_the_key_is_not_written_otherwise():
    with listed(listing("+14155550100")) as server:
        run = do_import(server, env=environment(BLAND_API_KEY="14155550100"))
    assert (run.status, run.out) == (1, "")
    assert "nothing was written" in run.err and "14155550100" not in run.err


# ---- Which numbers ---------------------------------------------------------------------------

def test_only_and_exclude_select(api):
    server = api({f"+1415{i}": TRUNK for i in range(10, 30)} | {"2001": TRUNK})
    run = do_import(server, "--only", "+14151*", "--exclude", "*[5-9]")
    assert run.status == 0, run.err
    assert 'range: "+141510..+141514"' in run.out
    assert "2001" not in run.out
    assert len(server.stop()) == 1 + 5

    run = run_sipdrift("import", "--only", "tag:site:ams")
    assert run.status == 64 and "there is none yet" in run.err


def test_a_selection_of_nothing_writes_nothing(api):
    run = do_import(api({"+12": TRUNK}), "--only", "+3*")
    assert (run.status, run.out) == (1, "")
    assert "no number was selected" in run.err


def test_an_empty_list_writes_nothing(api):
    run = do_import(api({}))
    assert (run.status, run.out) == (1, "")
    assert "the provider lists no numbers; nothing was written" in run.err


def test_numbers_from_a_file_need_no_list(api, tmp_path):
    server = api({"+12": TRUNK, "+13": TRUNK, "+14": {"inbound": None, "outbound": None}, "+15": TRUNK})
    numbers = tmp_path / "numbers.txt"
    numbers.write_text("\ufeff# ours\n\n+13   # the second\r\n  +12\n+13\n+14\n+16")
    run = do_import(server, "--numbers", numbers)
    assert run.status == 4, run.err
    assert '\n  - numbers: ["+12", "+13"]\n' in run.out
    assert "# Not declared, as the provider has no configuration for it:\n#   +14, +16\n" in run.out
    assert do_import(server, "--numbers", "-", stdin=numbers.read_text()).out == run.out
    expect_in_sync(server, run.out, tmp_path, 2)
    assert not any("numbers" in target for target, _ in server.stop())


def test_all_that_is_wrong_with_a_file_of_numbers_is_told(tmp_path):
    numbers = tmp_path / "numbers.txt"
    numbers.write_text("+14150000000\n14150000001\n\n+1 415\x1b[2J\n+0123\nsip:alice:hunter2@h\n+12,+13\n")
    run = run_sipdrift("import", "--api-url", "http://127.0.0.1:9", "--numbers", numbers)
    assert (run.status, run.out) == (65, "")
    for line in (2, 4, 5, 6, 7):
        assert f"{numbers}:{line}: " in run.err
    assert 'write "+14150000001"' in run.err
    assert "5 faults in the list of numbers; no request was sent" in run.err
    assert "\x1b" not in run.err and "hunter2" not in run.err

    numbers.write_bytes(b"\xff\xfe\x00\n" * 2000)
    run = run_sipdrift("import", "--numbers", numbers)
    assert run.status == 65 and "and 1000 more" in run.err
    numbers.write_text("# nothing\n")
    run = run_sipdrift("import", "--numbers", numbers)
    assert run.status == 65 and "names no number" in run.err
    run = run_sipdrift("import", "--numbers", tmp_path / "none")
    assert run.status == 65 and "cannot be read: No such file" in run.err


# ---- What goes wrong -------------------------------------------------------------------------

@pytest.mark.parametrize("answer, told", [
    (whole_answer({"error": "no"}, status="401 Unauthorized"), "unauthorized: HTTP 401"),
    (whole_answer({"error": "no"}, status="403 Forbidden"), "unauthorized: HTTP 403"),
    (whole_answer(b"<html>no</html>", status="404 Not Found"), "http_status: HTTP 404: an HTML page"),
    (whole_answer(b"no"), "bad_reply: the reply is not usable JSON"),
    (whole_answer(json.dumps(listing("+12")).encode()[:-5]), "bad_reply: the reply is not usable JSON"),
    (whole_answer(listing("+12", next_page=2)), "bad_reply: the reply seems to be one page of a list of numbers"),
    (whole_answer(listing("+12", has_more=True)), "bad_reply: the reply seems to be one page of a list of numbers"),
    (whole_answer(listing("+12", total=2)), "bad_reply: the reply seems to be one page of a list of numbers"),
    (whole_answer(listing("+12"), "Link: <https://a/1>; rel=prev", 'Link: <https://a/0>; rel="first", </2>; title=x; REL="Next"'),
     "bad_reply: the reply seems to be one page of a list of numbers"),
    (whole_answer({"data": {"numbers": [{"number": "+12"}]}}), 'bad_reply: the reply\'s data.numbers[0] has no "phone_number"'),
    (whole_answer({"data": None, "errors": ["E"]}), "bad_reply: the API reports an error: E"),
    (None, "network: "),
], ids=lambda value: value if isinstance(value, str) else "")
def test_without_a_list_nothing_is_imported(answer, told):
    server = ScriptServer(lambda _: answer)
    with server:
        run = do_import(server, "--retries", "0")
    assert (run.status, run.out) == (1, "")
    assert f"the provider's list of numbers could not be had: {told}" in run.err
    assert "nothing was written" in run.err
    assert ("--numbers FILE" in run.err) == ("unauthorized" not in told)
    assert len(server.requests) == 1


def test_a_list_beyond_its_limit_is_refused():
    huge = json.dumps(listing("+12")).encode() + b" " * (64 << 20)
    with listed(whole_answer(huge)) as server:
        run = do_import(server, "--timeout", "50")
    assert run.status == 1
    assert "bad_reply: the reply is longer than 64 MiB" in run.err


def test_a_key_that_no_number_accepts_imports_nothing(tmp_path):
    refused = whole_answer({"error": "no"}, status="401 Unauthorized")
    with listed(listing("+12", "+13", "+14", "+15"), lambda _: refused) as server:
        run = do_import(server, "-o", tmp_path / "m.yaml")
    assert run.status == 1
    assert "the API does not accept the key; nothing was written" in run.err
    assert not (tmp_path / "m.yaml").exists()


def test_a_key_that_is_taken_back_imports_nothing():
    def answer(request):
        return good(request) if request.number == "+10" else whole_answer({}, status="401 Unauthorized")

    with listed(listing(*(f"+{i}" for i in range(10, 40))), answer) as server:
        run = do_import(server, "-j", "1")
    assert (run.status, run.out) == (1, "")
    assert "the API does not accept the key; nothing was written" in run.err
    assert len(server.requests) < 20


def test_what_an_ended_run_did_not_read_is_listed(tmp_path):
    def answer(request):
        return good(request) if request.number == "+10" else whole_answer({}, "Retry-After: 3600", status="429 Busy")

    with listed(listing(*(f"+{i}" for i in range(10, 30))), answer) as server:
        run = do_import(server, "-j", "1")
    assert run.status == 4
    assert "the import ended early: the API asks for a wait of 3600 s" in run.err
    assert "# 19 numbers could not be read, and are not declared:\n" in run.out
    assert "#     +12..+29\n" in run.out
    assert "expected_count: 1\n" in run.out


def test_where_nothing_can_be_read_the_reasons_are_told():
    with listed(listing(*(f"+{i}" for i in range(10, 20))), lambda _: whole_answer(b"no")) as server:
        run = do_import(server)
    assert (run.status, run.out) == (1, "")
    assert "+10: bad_reply: the reply is not usable JSON" in run.err
    assert "and 5 more" in run.err
    assert "of no number there is anything that a manifest can declare; nothing was written" in run.err


def test_a_pause_before_the_list_is_waited_for():
    busy = whole_answer({"error": "slow down"}, "Retry-After: 1", status="429 Too Many Requests")
    server = ScriptServer(lambda request: busy if request.nth == 0 else
                          whole_answer(listing("+12")) if request.number is None else good(request))
    with server:
        run = do_import(server, "--progress", "always")
    assert run.status == 0, run.err
    assert server.numbers == [None, None, "+12"]


def test_progress_tells_what_was_read():
    with listed(listing("+12", "+13"),
                lambda request: good(request) if request.number == "+12" else whole_answer(b"no")) as server:
        run = do_import(server, "--progress", "always")
    assert run.status == 4
    assert "sipdrift: 2 of 2 numbers, 1 not read, in 0:00\n" in run.err
    assert "drifted" not in run.err


@pytest.mark.parametrize("number, status", [(signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_import_writes_nothing(api, tmp_path, number, status):
    server = api({"+11": TRUNK} | {f"+2{i}": reply("{}", delay_ms=20_000) for i in range(10)})
    path = tmp_path / "m.yaml"
    for output, arguments in ((None, []), (path, ["-o", path])):
        process = subprocess.Popen(
            [SIPDRIFT, "import", "--api-url", server.url, "-j", "2", "--progress", "always", *arguments],
            env=environment(BLAND_API_KEY=KEY), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        assert any("1 of 11 numbers" in line for line in process.stderr)
        process.send_signal(number)
        out, err = process.communicate(timeout=10)
        assert (process.returncode, out) == (status, "")
        assert "the import was interrupted, with 1 of 11 numbers read; nothing was written" in err
        assert output is None or not output.exists()


def test_an_import_that_is_interrupted_at_the_list_says_so():
    asked = threading.Event()

    def held(connection):
        asked.set()
        connection.recv(1)  # until the other end closes

    with ScriptServer(lambda _: held) as server:
        process = subprocess.Popen(
            [SIPDRIFT, "import", "--api-url", server.url], env=environment(BLAND_API_KEY=KEY),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        assert asked.wait(10)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
    assert (process.returncode, out) == (130, "")
    assert "interrupted before the list of numbers was there; nothing was written" in err


# ---- Where it goes ---------------------------------------------------------------------------

def test_a_file_is_written_and_none_is_lost(api, tmp_path):
    server = api({"+12": TRUNK})
    path = tmp_path / "m.yaml"
    run = do_import(server, "-o", path)
    assert (run.status, run.out) == (0, "")
    written = path.read_text()
    assert declared(written) == declared(do_import(server).out)
    path.write_text("mine")
    run = do_import(server, "-o", path)
    assert run.status == 64
    assert f'"{path}" exists; --force replaces it' in run.err
    assert path.read_text() == "mine"
    assert do_import(server, "-o", path, "--force").status == 0
    assert path.read_text() == written
    link = tmp_path / "link.yaml"
    link.symlink_to(path)
    assert do_import(server, "-o", link).status == 64


def test_what_could_not_be_written_is_not_asked_for(api, tmp_path):
    server = api({"+12": TRUNK})
    numbers = tmp_path / "numbers.txt"
    numbers.write_text("+12\n")
    for arguments, told in [
        (["-o", tmp_path], "is no file"),
        (["-o", ""], "is no file"),
        (["-o", tmp_path / "none/m.yaml"], "there is no folder"),
        (["-o", server.key_file, "--api-key-file", server.key_file, "--force"], "would overwrite an input"),
        (["-o", numbers, "--numbers", numbers, "--force"], "would overwrite an input"),
    ]:
        run = do_import(server, *arguments)
        assert run.status == 64 and told in run.err, run.err
    assert server.stop() == []


def test_a_manifest_that_cannot_be_written_is_a_failure(api):
    server = api({"+12": TRUNK})
    run = do_import(server, "-o", "/dev/full")
    assert run.status == 1 and "/dev/full could not be written: No space left" in run.err
    with open("/dev/full", "w") as full:
        process = subprocess.run([SIPDRIFT, "import", "--api-url", server.url], stdout=full, stderr=subprocess.PIPE,
                                 env=environment(BLAND_API_KEY=KEY), text=True, timeout=60)
    assert process.returncode == 1
    assert "stdout could not be written: No space left" in process.stderr
    assert "imported" not in process.stderr
