"""sipdrift waive: findings of a report into the waivers of a file, of which every byte is kept."""

import stat
import subprocess
from datetime import datetime, timedelta, timezone

import pytest
import yaml
from conftest import KEY, SIPDRIFT, environment, outbound, read_json, run_sipdrift

NUMBERS = """numbers:
  - { range: "+10..+14", outbound: { port: 5061, transport: tls }, tags: [site:ams] }
  - { number: "+20", outbound: { sip_endpoint: "sip:alice:secret1@pbx.example.com" }, tags: [site:sfo] }
"""


def day(days):
    return (datetime.now(timezone.utc) + timedelta(days=days)).date().isoformat()


FAR = day(200)
TERMS = {"--reason": "it moves: in March", "--owner": "voice-oncall", "--ticket": "NET-4211", "--expires": FAR}


def terms(**changed):
    chosen = TERMS | {f"--{name}": value for name, value in changed.items()}
    return [part for option, value in chosen.items() if value is not None for part in (option, value)]


@pytest.fixture
def fleet(api):
    """+10, +11 and +13 have another port, +11 another transport as well, +20 another password; +12 agrees."""
    return api({"+10": outbound(port=5060, transport="tls"), "+11": outbound(port=5060, transport="udp"),
                "+12": outbound(port=5061, transport="tls"), "+13": outbound(port=5060, transport="tls"),
                "+14": outbound(port=5061, transport="tls"),
                "+20": outbound(sip_endpoint="sip:alice:secret2@pbx.example.com")})


@pytest.fixture
def numbers(manifest):
    return manifest(NUMBERS, "numbers.yaml")


@pytest.fixture
def drift(fleet, numbers, tmp_path):
    """The report of an audit."""
    path = tmp_path / "drift.json"
    assert fleet.audit(numbers, "-q", "--report", f"json={path}").status == 2
    return path


@pytest.fixture
def own(tmp_path):
    """Where the waivers go; there is no such file yet."""
    return tmp_path / "waivers.yaml"


def waive(report, file, *arguments, **changed):
    """Without a key: it needs none."""
    return run_sipdrift("waive", report, file, *arguments, *terms(**changed), env=environment())


def test_what_it_adds_waives_just_those_findings(fleet, numbers, drift, own, report):
    run = waive(drift, own, "--only", "+1*")
    assert (run.status, run.err) == (0, "")
    assert run.out.splitlines() == [
        f"{own}:4: +10..+11 outbound.port, pinned to 5060, until {FAR}",
        f"{own}:11: +11 outbound.transport, pinned to udp, until {FAR}",
        f"{own}:18: +13 outbound.port, pinned to 5060, until {FAR}",
    ]
    assert run_sipdrift("validate", own).out == f"{own}: 3 waivers, no faults\n"
    fleet.audit(numbers, own, "-q", "--report", f"json={report}")
    statuses = {result["number"]: result["status"] for result in read_json(report)["results"]}
    assert statuses == {"+10": "waived", "+11": "waived", "+12": "in_sync", "+13": "waived", "+14": "in_sync",
                        "+20": "drifted"}
    first = yaml.safe_load(own.read_text())["waivers"][0]
    assert (first["range"], first["reason"], first["ticket"]) == ("+10..+11", "it moves: in March", "NET-4211")


def test_the_file_keeps_every_byte(drift, own):
    old = b"# ours\r\nversion: 1\r\nwaivers:   # all of them\r\n    - {tag: x, field: inbound, reason: r,\r\n" \
          b"       owner: o, ticket: t, expires: 2030-01-01}  # so\r\n"
    rest = b"\r\n# the end"
    own.write_bytes(old + rest)
    own.chmod(0o640)
    run = waive(drift, own, "--field", "outbound.transport")
    assert run.status == 0, run.err
    new = own.read_bytes()
    assert new.startswith(old) and new.endswith(rest)
    added = new[len(old):-len(rest)]
    assert added.startswith(b'    - number: "+11"\r\n      field: outbound.transport\r\n')
    assert added.count(b"\n") == added.count(b"\r\n") == 7
    assert stat.S_IMODE(own.stat().st_mode) == 0o640


def test_it_can_be_added_to_the_manifest_itself(fleet, numbers, drift, report):
    run = waive(drift, numbers, "--all", "--exclude", "+20")
    assert run.status == 0, run.err
    assert numbers.read_text().startswith("version: 1\n" + NUMBERS + "\nwaivers:\n")
    run = fleet.audit(numbers, "--only", "tag:site:ams", "--report", f"json={report}")
    assert run.status == 0
    assert read_json(report)["summary"]["findings"]["waived"] == 4


def test_a_dry_run_prints_and_writes_nothing(drift, own):
    run = waive(drift, own, "--only", "+13", "--dry-run")
    assert (run.status, own.exists()) == (0, False)
    assert run.out == (
        "version: 1\n\nwaivers:\n"
        '  - number: "+13"\n    field: outbound.port\n    observed: 5060\n    reason: "it moves: in March"\n'
        f"    owner: voice-oncall\n    ticket: NET-4211\n    expires: {FAR}\n")
    own.write_text(run.out)
    run = waive(drift, own, "--only", "+10", "--dry-run")
    assert run.out.startswith('  - number: "+10"\n')
    assert "+10" not in own.read_text()


def test_a_finding_is_taken_by_its_fingerprint(drift, own):
    finding = read_json(drift)["results"][1]["findings"][1]
    run = waive(drift, own, "--finding", finding["fingerprint"][:12])
    assert run.out == f"{own}:4: +11 outbound.transport, pinned to udp, until {FAR}\n"
    other = waive(drift, own, "--finding", "00000000")
    assert other.status == 65
    assert "no finding that is not waived has the fingerprint 00000000" in other.err


def test_numbers_are_selected_by_tag(drift, own):
    assert waive(drift, own, "--only", "tag:site:ams", "--field", "outbound.transport").status == 0
    assert [one["number"] for one in yaml.safe_load(own.read_text())["waivers"]] == ["+11"]


def test_a_password_is_waived_only_whatever_it_is(fleet, numbers, drift, own):
    run = waive(drift, own, "--only", "+20")
    assert (run.status, own.exists()) == (65, False)
    assert "+20 outbound.sip_endpoint is not waived: a part of its live value is not shown" in run.err
    assert "--any-value" in run.err
    run = waive(drift, own, "--all")  # the others are
    assert run.status == 0
    assert "+20" in run.err and "+20" not in own.read_text()
    run = waive(drift, own, "--only", "+20", "--any-value")
    assert run.out.endswith(f": +20 outbound.sip_endpoint, whatever is live, until {FAR}\n")
    assert "secret" not in own.read_text()
    assert fleet.audit(numbers, own).status == 0


def test_any_value_joins_what_differs_in_its_value_alone(drift, own):
    run = waive(drift, own, "--field", "outbound.port", "--any-value")
    assert [line.split(": ")[1].split(",")[0] for line in run.out.splitlines()] == [
        "+10..+11 outbound.port", "+13 outbound.port"]
    assert "observed" not in own.read_text()


def test_what_is_waived_already_is_left(fleet, numbers, drift, own, tmp_path):
    assert waive(drift, own, "--only", "+1*").status == 0
    before = own.read_bytes()
    run = waive(drift, own, "--only", "+13")  # the report knows nothing of it yet
    assert run.status == 65
    assert f"{own}:18:1: outbound.port of +13 has this waiver already, until {FAR}" in run.err
    assert f"nothing was added to {own}" in run.err
    later = tmp_path / "later.json"
    fleet.audit(numbers, own, "--only", "+1*", "--report", f"json={later}")
    run = waive(later, own, "--all")
    assert run.status == 65
    assert "has no finding that is not waived; there is nothing to waive" in run.err
    assert own.read_bytes() == before


def test_a_selection_of_nothing_says_what_there_is(drift, own):
    run = waive(drift, own, "--only", "+12")
    assert (run.status, own.exists()) == (65, False)
    assert "none of the 5 findings of" in run.err
    assert "there are 3 outbound.port, 1 outbound.sip_endpoint, 1 outbound.transport, on 4 numbers" in run.err


@pytest.mark.parametrize("changed, fault", [
    ({"reason": " "}, "--reason: is empty"), ({"owner": "a\nb"}, "--owner: holds a line end"),
    ({"ticket": None}, "--ticket is required"), ({"expires": "soon"}, '--expires: "soon" is no date that exists'),
    ({"expires": "2026-02-30"}, '"2026-02-30" is no date that exists'), ({"expires": day(-1)}, "is past"),
    ({"expires": "2020-01-01T00:00:00Z"}, "is past"),
])
def test_terms_that_make_no_sense(drift, own, changed, fault):
    run = waive(drift, own, "--all", **changed)
    assert (run.status, own.exists()) == (64, False)
    assert fault in run.err


@pytest.mark.parametrize("arguments, fault", [
    ([], "say which findings are to be waived"), (["--exclude", "+12"], "say which findings are to be waived"),
    (["--all", "--only", "+12"], "is given beside a selection"),
    (["--field", "outbound.prot"], 'did you mean "outbound.port"?'), (["--finding", "12"], "at least 6 characters"),
    (["--finding", "ABCDEF0"], "at least 6 characters"),
])
def test_selections_that_make_no_sense(drift, own, arguments, fault):
    run = waive(drift, own, *arguments)
    assert (run.status, own.exists()) == (64, False)
    assert fault in run.err


def test_today_is_not_past(drift, own):
    assert waive(drift, own, "--only", "+13", expires=day(0)).status == 0


def test_more_than_a_year_is_remarked(drift, own):
    run = waive(drift, own, "--only", "+13", expires=day(400))
    assert run.status == 0
    assert "is more than a year away" in run.err


@pytest.mark.parametrize("text, fault", [
    ("version: 1\nwaivers: [{tag: x, field: inbound, reason: r, owner: o, ticket: t, expires: 2030-01-01}]\n",
     ":2:10: this list stands in brackets"),
    ("version: 1\nwaivers: []\n", ":2:10: waivers is empty"),
    ("{version: 1}\n", ":1:1: this manifest stands in braces"),
    ("version: 1\nwaivers:\n  - tag: x\n", ":3:5: this waiver has no field, reason, owner, ticket and expires"),
    ("not yaml: [", ":1:11: this bracket is not closed"),
])
def test_a_file_that_takes_nothing_stays_as_it_was(drift, own, text, fault):
    own.write_text(text)
    run = waive(drift, own, "--only", "+13")
    assert run.status == 65
    assert str(own) + fault in run.err
    assert own.read_text() == text


@pytest.mark.parametrize("file", ["-", "/dev/stdout", "."])
def test_what_is_no_file_takes_nothing(drift, file):
    run = waive(drift, file, "--only", "+13")
    assert run.status == (64 if file == "-" else 65)
    assert run.out == ""


def test_a_report_that_cannot_be_believed_waives_nothing(drift, own):
    drift.write_text(drift.read_text().replace('"drifted"', '"in_sync"', 1))
    run = waive(drift, own, "--all")
    assert (run.status, own.exists()) == (65, False)


def test_a_link_is_followed(drift, own, tmp_path):
    real = tmp_path / "real.yaml"
    real.write_text("version: 1\n")
    own.symlink_to("real.yaml")
    assert waive(drift, own, "--only", "+13").status == 0
    assert own.is_symlink() and "+13" in real.read_text()


def test_a_file_that_cannot_be_written_stays_as_it_was(drift, own, tmp_path):
    own.write_text("version: 1\n")
    command = [SIPDRIFT, "waive", drift, own, "--only", "+13", *terms()]
    run = subprocess.run(["bash", "-c", 'ulimit -f 0; exec "$@"', "bash", *map(str, command)], env=environment(),
                         capture_output=True, text=True, timeout=60)
    assert run.returncode == 1
    assert f"{own} could not be written: " in run.stderr
    assert run.stdout == ""
    assert own.read_text() == "version: 1\n"
    run = waive(drift, tmp_path / "nowhere" / "waivers.yaml", "--only", "+13")
    assert run.status == 1
    assert "could not be written: " in run.err


def test_the_key_is_written_nowhere(drift, own):
    run = run_sipdrift("waive", drift, own, "--only", "+13", *terms(reason=f"key {KEY}"))
    assert (run.status, own.exists()) == (65, False)
    assert "the API key stands in" in run.err
    assert KEY not in run.out + run.err


def test_a_waiver_from_the_report_of_stdin(drift, own):
    run = run_sipdrift("waive", "-", own, "--only", "+13", *terms(), stdin=drift.read_text())
    assert run.status == 0, run.err
