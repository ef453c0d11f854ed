"""sipdrift compare: what changed between two real audits, and whether it is what was planned."""

import json
import os
import re
from html.parser import HTMLParser

import jsonschema
import pytest
from conftest import KEY, ROOT, environment, outbound, read_json, run_sipdrift
from test_readers import NASTY, STRUCTURE, rendered
from test_readme import TIME

NUMBERS = "numbers: [{range: '+12..+15', port: 5061}]\n"
README = (ROOT / "README.md").read_text()
FORMATS = ("html", "json", "markdown", "text")


def trunk(**options):
    """A trunk as all are before: an option that is given as None it does not have."""
    given = {"sip_endpoint": "sip:trunk.provider.com", "port": 5060, "transport": "tls", "secure_media": True} | options
    return outbound(**{name: value for name, value in given.items() if value is not None})


def fleet(**changed):
    """Four trunks, of which those that are given are otherwise: n12=trunk(...)."""
    return {f"+{n}": trunk() for n in range(12, 16)} | {f"+{name[1:]}": live for name, live in changed.items()}


class Change:
    """Audits of a fleet before and after; the second API takes the first one's place."""

    def __init__(self, api, manifest, folder):
        self.api, self.folder, self.write = api, folder, manifest
        self.manifest = manifest(NUMBERS)
        self.url = None

    def audit(self, live, name, *arguments, resume=None):
        server = self.api(live)
        path = self.folder / name
        if resume is not None:
            self.move(resume, server.url)
            arguments = ("--resume", resume, *arguments)
        run = server.audit(self.manifest, "-q", "--report", f"json={path}", *arguments)
        assert run.status in (0, 2, 4, 6), run.err
        server.stop()
        self.url = self.url or server.url
        for report in filter(None, (path, resume)):
            self.move(report, self.url)
        return path

    def move(self, path, url):
        """Each API has a port of its own, and one's report says so."""
        report = read_json(path)
        report["run"]["api_url"] = url
        path.write_text(json.dumps(report))

    def of(self, before, after):
        self.before, self.after = self.audit(before, "before.json"), self.audit(after, "after.json")
        return self

    def compare(self, *arguments, expect=None):
        if expect is not None:
            arguments = ("--expect", self.write(expect, "change.yaml"), *arguments)
        return run_sipdrift("compare", self.before, self.after, *arguments, env=environment())

    def proof(self, *arguments, expect=None):
        """The exit status, and what the JSON format has."""
        path = self.folder / "changes.json"
        run = self.compare("--report", f"json={path}", *arguments, expect=expect)
        assert run.err == ""
        changes = read_json(path)
        assert changes["exit_code"] == run.status
        schema().validate(changes)
        return run, changes


def schema():
    parsed = json.loads(run_sipdrift("schema", "changes").out)
    jsonschema.Draft202012Validator.check_schema(parsed)
    return jsonschema.Draft202012Validator(parsed)


@pytest.fixture
def change(api, manifest, tmp_path):
    return Change(api, manifest, tmp_path)


def states(changes, of="changes"):
    return [(number["number"], one["path"], one["state"]) for number in changes["numbers"] for one in number[of]]


# ---- Without a plan --------------------------------------------------------------------------


def test_nothing_changed(change):
    run, changes = change.of(fleet(), fleet()).proof()
    assert run.status == 0
    assert run.out.endswith("4 numbers: 4 unchanged\nExit status 0: nothing changed.\n")
    assert [number["number"] for number in changes["numbers"]] == ["+12", "+13", "+14", "+15"]


def test_what_changed_is_told_once_with_its_numbers(change):
    moved = trunk(port=5061)
    run, changes = change.of(fleet(), fleet(n12=moved, n13=moved, n14=moved, n15=trunk(transport="udp"))).proof()
    assert run.status == 2
    assert "3 numbers\n                +12..+14\n                outbound.port          5060 -> 5061\n" in run.out
    assert "outbound.transport     tls -> udp [critical: encryption is lost]" in run.out
    assert changes["summary"]["changes"] == {"unplanned": 0, "changed": 4, "planned": 0, "respelled": 0, "critical": 1}


def test_what_means_the_same_is_no_change(change):
    respelled = {"n12": trunk(port="5060"), "n13": trunk(sip_endpoint="SIP:Trunk.Provider.COM", transport="TLS"),
                 "n14": trunk(sip_endpoint="sip:trunk.provider.com:5060;transport=tls", port=None, transport=None)}
    run, changes = change.of(fleet(), fleet(**respelled)).proof()
    assert run.status == 0
    assert "4 unchanged; 3 respelled" in run.out
    assert {state for _, _, state in states(changes)} == {"respelled"}
    run, changes = change.proof("--match", "exact")
    assert run.status == 2
    assert len(states(changes)) == 6 and {state for _, _, state in states(changes)} == {"changed"}


def test_what_was_not_seen_twice_is_not_comparable(change):
    down = {"reply": {"status": 400, "body": {"data": None, "errors": ["DOWN"]}}}
    run, changes = change.of(fleet(n12=down), fleet(n13=trunk(port=1))).proof()
    assert run.status == 6
    assert changes["numbers"][0]["not_comparable"]["after"] is None
    assert changes["numbers"][0]["not_comparable"]["before"].startswith("http_status: ")
    change.manifest = change.write("numbers: [{range: '+12..+14', port: 5061}]\n")
    change.after = change.audit(fleet(), "after.json")
    run, changes = change.proof()
    assert run.status == 4
    assert changes["numbers"][3]["not_comparable"] == {"before": None, "after": "not in the report"}
    assert "nothing changed in what was compared; not all could be compared" in run.out


def test_what_was_seen_once_is_not_seen_twice(change):
    """A run that completes another has that one's results."""
    down = {"reply": {"status": 400, "body": {"data": None, "errors": ["DOWN"]}}}
    change.before = change.audit(fleet(n15=down), "before.json")
    change.after = change.audit(fleet(n12=trunk(port=1)), "after.json", resume=change.before)
    run, changes = change.proof()
    assert run.status == 4
    assert "after: not looked at later than before" in run.out
    assert [number["not_comparable"]["after"] for number in changes["numbers"][:3]] == ["not looked at later than before"] * 3


def test_parts_of_a_fleet_are_compared_with_the_same_part(change):
    change.before = change.audit(fleet(), "before.json", "--shard", "2/2")
    change.after = change.audit(fleet(), "after.json", "--shard", "2/2")
    run, changes = change.proof()
    assert run.status == 0
    assert changes["shard"] == {"index": 2, "count": 2} and 0 < len(changes["numbers"]) < 4


# ---- With a plan -----------------------------------------------------------------------------

PLAN = "numbers: [{range: '+12..+13', port: 5061}]\n"
MOVED = {"n12": trunk(port=5061), "n13": trunk(port=5061)}


def test_exactly_the_plan_is_proved(change):
    run, changes = change.of(fleet(), fleet(**MOVED)).proof(expect=PLAN)
    assert run.status == 0
    assert "Exit status 0: exactly what was planned changed, and nothing else.\n" in run.out
    assert changes["summary"]["steps"]["happened"] == 2
    assert changes["plan"][0]["path"].endswith("change.yaml")


def test_a_plan_may_stand_in_several_files(change):
    change.of(fleet(), fleet(**MOVED))
    more = change.write("profiles: {new: {port: 5061}}\n", "more.yaml")
    run, _ = change.proof("--expect", more, expect="numbers: [{range: '+12..+13', profile: new}]\n")
    assert run.status == 0


def test_another_field_is_unplanned(change):
    after = fleet(**MOVED | {"n13": trunk(port=5061, secure_media=False)})
    run, changes = change.of(fleet(), after).proof(expect=PLAN)
    assert run.status == 2
    assert ("+13", "outbound.secure_media", "unplanned") in states(changes)
    assert "unplanned       +13  " in run.out and "true -> false [critical: encryption is lost]" in run.out


def test_another_number_is_unplanned(change):
    run, changes = change.of(fleet(), fleet(**MOVED, n15=trunk(port=5061))).proof(expect=PLAN)
    assert run.status == 2
    assert [state for state in states(changes) if state[2] == "unplanned"] == [("+15", "outbound.port", "unplanned")]


def test_what_did_not_happen_is_told(change):
    run, changes = change.of(fleet(), fleet(n12=trunk(port=5061))).proof(expect=PLAN)
    assert run.status == 2
    assert ("+13", "outbound.port", "not_so") in states(changes, "steps")
    assert "did not happen  +13  " in run.out and "planned 5061, live 5060" in run.out


def test_what_was_so_before_proves_nothing(change):
    run, changes = change.of(fleet(**MOVED), fleet(**MOVED)).proof(expect=PLAN)
    assert run.status == 2
    assert {state for _, _, state in states(changes, "steps")} == {"was_so"}
    assert "it was so before" in run.out


def test_the_plans_waivers_cover_what_did_not_happen(change):
    waiver = "waivers: [{number: '+13', field: outbound.port, reason: r, owner: o, ticket: t, expires: %s}]\n"
    change.of(fleet(), fleet(n12=trunk(port=5061)))
    run, changes = change.proof(expect=PLAN + waiver % "2099-12-31")
    assert run.status == 0
    assert ("+13", "outbound.port", "waived") in states(changes, "steps")
    assert "nothing else; some of the plan is waived." in run.out
    assert change.proof(expect=PLAN + waiver % "2020-12-31")[0].status == 2


def test_a_number_that_neither_report_has_is_not_comparable(change):
    run, changes = change.of(fleet(), fleet(**MOVED)).proof(expect="numbers: [{range: '+12..+13', port: 5061}, {number: '+99', port: 1}]\n")
    assert run.status == 4
    assert changes["numbers"][-1]["not_comparable"] == {"before": "not in the report", "after": "not in the report"}


def test_port_and_transport_may_stand_in_either_place(change):
    inside = trunk(sip_endpoint="sip:trunk.provider.com:5061", port=None)
    change.of(fleet(), fleet(n12=inside, n13=trunk(port=5061)))
    assert change.proof(expect=PLAN)[0].status == 0
    endpoint = "numbers: [{range: '+12..+13', sip_endpoint: 'sip:trunk.provider.com:5061'}]\n"
    assert change.proof(expect=endpoint)[0].status == 0
    assert change.proof("--match", "exact", expect=endpoint)[0].status == 2


def test_a_direction_may_be_planned_to_go(change):
    gone = {"inbound": None, "outbound": None}
    change.of(fleet(), fleet(n12=gone))
    assert change.proof(expect="numbers: [{number: '+12', outbound: absent}]\n")[0].status == 0
    assert change.proof(expect="numbers: [{number: '+12', outbound: {port: unset}}]\n")[0].status == 2


def test_a_password_is_shown_nowhere_and_proves_nothing(change):
    secret, other = (trunk(sip_endpoint=f"sip:a:{word}@h") for word in ("hunter2", "hunter3"))
    change.of(fleet(n12=secret), fleet(n12=other, n13=secret))
    paths = [change.folder / f"out.{name}" for name in FORMATS]
    reports = [word for path, name in zip(paths, FORMATS) for word in ("--report", f"{name}={path}")]
    run = change.compare(*reports, expect="numbers: [{number: '+13', sip_endpoint: 'sip:a:hunter2@h'}]\n")
    assert run.status == 4
    assert "1 number has an endpoint with a part that is not shown" in run.out
    for text in (run.out, run.err, *(path.read_text() for path in paths)):
        assert "hunter" not in text


def test_the_readme_shows_what_it_prints(change):
    """What --report writes is in the command and not in what is shown, as a file is not."""
    numbers = [f"+14155550{n}" for n in range(100, 112)]
    before = {number: trunk() for number in numbers}
    after = {number: trunk(port=5061) for number in numbers[:9]} | {number: trunk() for number in numbers[9:]}
    change.manifest = change.write("numbers: [{range: '+14155550100..+14155550111', port: 5060}]\n")
    change.of(before, after | {numbers[11]: trunk(transport="udp")})
    (plan,) = re.findall(r"\(`change.yaml`\):\n\n```yaml\n(.*?)```", README, re.DOTALL)
    (change.folder / "change.yaml").write_text(plan)
    (command, shown), = re.findall(r"```console\n\$ (sipdrift compare .*?)\n(.*?)```", README, re.DOTALL)
    run = run_sipdrift(*command.split()[1:], cwd=change.folder)
    assert run.status == 2
    assert TIME.sub("2026-11-23T02:30:00.000Z", run.out).replace(change.url, "http://127.0.0.1:8080") == shown


# ---- What is refused -------------------------------------------------------------------------


def test_reports_that_are_no_before_and_after_are_refused(change):
    change.of(fleet(), fleet())
    before, after = change.before, change.after
    run = run_sipdrift("compare", after, before)
    assert run.status == 65 and "are they the wrong way round?" in run.err
    for expect in (None, PLAN):
        change.after = before
        run = change.compare(expect=expect)
        assert run.status == 65 and "these are the same run" in run.err
    change.after = after
    change.move(after, "https://other.example")
    run = change.compare("--report", f"json={change.folder}/new")
    assert (run.status, run.out) == (65, "")
    assert f"different APIs: {change.url} before, and https://other.example after" in run.err
    assert not (change.folder / "new").exists()
    change.after = change.audit(fleet(), "part.json", "--shard", "1/2")
    run = change.compare()
    assert (run.status, run.out) == (65, "")
    assert "different parts of a fleet: all of the fleet before, and part 1 of 2 after" in run.err


def test_bad_input_of_any_kind_is_told_at_once(change, tmp_path):
    change.of(fleet(), fleet())
    change.before = tmp_path / "none.json"
    run = change.compare("--expect", tmp_path / "none.yaml")
    assert run.status == 65
    assert "none.json: cannot be read" in run.err and "none.yaml: cannot be read" in run.err
    (tmp_path / "half.json").write_bytes(change.after.read_bytes()[:2000])
    change.before = tmp_path / "half.json"
    run = change.compare()
    assert run.status == 65 and "is no JSON report" in run.err


# ---- Where it goes ---------------------------------------------------------------------------


def test_stdin_quiet_and_exit_zero(change):
    change.of(fleet(), fleet(n12=trunk(port=1)))
    run = run_sipdrift("compare", "-", change.after, "-q", stdin=change.before.read_text())
    assert (run.status, run.out, run.err) == (2, "", "")
    run, changes = change.proof("--exit-zero")
    assert run.status == 0
    assert "Exit status 0: nothing of this is to fail the run." in run.out
    assert changes["notices"] == [{"message": "the exit status would be 2 without --exit-zero"}]


def test_a_report_on_stdout_sends_the_summary_to_stderr(change):
    run = change.of(fleet(), fleet()).compare("--report", "json=-")
    schema().validate(json.loads(run.out))
    assert run.err.endswith("Exit status 0: nothing changed.\n")


def test_what_cannot_be_written_is_told_and_the_rest_is_written(change):
    run = change.of(fleet(), fleet()).compare("--report", "text=/dev/full", "--report", f"json={change.folder}/new")
    assert run.status == 1
    assert "report text=/dev/full could not be written: No space left on device" in run.err
    schema().validate(read_json(change.folder / "new"))
    assert not [name for name in os.listdir(change.folder) if name.endswith(".tmp")]


def test_the_key_stands_in_no_report_of_changes(change):
    change.of(fleet(), fleet(n12=trunk(sip_endpoint="sip:h")))
    report = read_json(change.after)
    report["results"][0]["observed"]["outbound"]["sip_endpoint"] = f"sip:{KEY}@h"
    change.after.write_text(json.dumps(report))
    for name in FORMATS:
        run = run_sipdrift("compare", change.before, change.after, "-q", "--report", f"{name}=-")
        assert run.status == 2 and "outbound" in run.out and KEY not in run.out


# ---- Read by what people read them with ------------------------------------------------------


def full_of(text, change):
    """Reports and a plan that have `text` wherever the API or a manifest can put one."""
    for path in (change.before, change.after):
        report = read_json(path)
        report["run"].update(id=f"{text} {path.name}", api_url=text)
        report["run"]["manifests"][0]["path"] = text
        for result in report["results"]:
            result["source"]["file"] = text
            if result["observed"] and path == change.after:
                result["observed"]["outbound"].update(sip_endpoint=text, transport=text)
        failed = report["results"][-1]
        if path == change.before and failed["status"] == "not_compared":
            failed["error"]["message"] = text
        path.write_text(json.dumps(report))


@pytest.fixture
def nasty(change):
    down = {"reply": {"status": 400, "body": {"data": None, "errors": ["DOWN"]}}}

    def run(text, name):
        full_of(text, change)
        return change.compare("-q", "--report", f"{name}=-", expect=PLAN).out

    change.of(fleet(n15=down), fleet())
    return run


class Page(HTMLParser):
    """An HTML page that keeps the rules that every page of sipdrift keeps."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.captions, self.tables, self.text = [], 0, 0, ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        self.tags.append(tag)
        assert tag not in ("script", "img", "iframe", "object", "link", "form", "a", "b", "base")
        assert not [name for name in names if name.startswith("on") or name in ("style", "src", "href")]
        assert tag != "html" or names == {"lang": "en"}
        assert tag != "th" or names["scope"] in ("col", "row")
        self.tables += tag == "table"
        self.captions += tag == "caption"

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")

    def handle_data(self, data):
        self.text += data


def test_no_text_is_markup(nasty):
    clean = {name: nasty("no URI", name) for name in ("markdown", "html")}
    for text in NASTY:
        page, before = rendered(nasty(text, "markdown")), rendered(clean["markdown"])
        assert page.tags <= STRUCTURE
        assert page.plain == before.plain and len(page.code) == len(before.code)
        page = Page(nasty(text, "html"))
        assert page.tags == Page(clean["html"]).tags
        assert page.tables == page.captions > 2


def test_markdown_shows_what_was_there(nasty):
    for text in ("x` **bold** `y", "<b>&amp;</b>", "a | b"):
        assert text in rendered(nasty(text, "markdown")).code


def test_goldens_fit_the_schema_and_keep_the_rules():
    for golden in (ROOT / "tests/golden").glob("changes_*.json"):
        schema().validate(read_json(golden))
    for golden in (ROOT / "tests/golden").glob("changes_*.html"):
        page = Page(golden.read_text())
        assert page.tables == page.captions
    for golden in (ROOT / "tests/golden").glob("changes_*.markdown"):
        assert rendered(golden.read_text()).tags <= STRUCTURE


@pytest.mark.parametrize(
    "path, value",
    [
        (["numbers", 0, "changes"], None),
        (["numbers", 0, "changes", 0, "state"], "fine"),
        (["numbers", 7, "not_comparable"], {"before": None, "after": None}),
        (["numbers", 1, "steps", 0, "state"], "done"),
        (["plan"], []),
        (["exit_code"], 1),
        (["format_version"], "2.0"),
    ],
)
def test_the_schema_refuses_what_is_wrong(path, value):
    changes = read_json(ROOT / "tests/golden/changes_not_as_planned.6.json")
    place = changes
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        schema().validate(changes)
