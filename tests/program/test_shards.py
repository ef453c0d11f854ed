"""A fleet in parts: audited apart, and put together again."""

import json

import pytest
from conftest import FORMATS, KEY, ROOT, environment, read_json, run_sipdrift

MANIFEST = ROOT / "samples/manifest.yaml"


@pytest.fixture
def sample(api):
    return api((ROOT / "samples/fleet.json").read_text())


def audit_part(server, shard, report, *arguments, **keywords):
    return server.audit(MANIFEST, "-q", "--shard", shard, "--report", f"json={report}", *arguments, **keywords)


def numbers_of(report):
    return [result["number"] for result in report["results"]]


def test_every_number_is_in_exactly_one_part(sample, tmp_path):
    parts = []
    for index in range(1, 4):
        audit_part(sample, f"{index}/3", tmp_path / "part.json")
        part = read_json(tmp_path / "part.json")
        assert part["run"]["shard"] == {"index": index, "count": 3, "selected": 14, "declared": 14}
        assert {"message": f"part {index} of 3: {len(part['results'])} of 14 numbers"} in part["notices"]
        parts += numbers_of(part)
    whole = tmp_path / "whole.json"
    sample.audit(MANIFEST, "-q", "--report", f"json={whole}")
    assert sorted(parts) == numbers_of(read_json(whole))
    assert len(parts) == 14


def test_a_part_is_taken_from_the_environment_only_where_it_is_asked_for(sample, tmp_path):
    report = tmp_path / "part.json"
    env = environment(BLAND_API_KEY=KEY, JOB_COMPLETION_INDEX="1")
    audit_part(sample, "auto/3", report, env=env)
    assert read_json(report)["run"]["shard"]["index"] == 2
    sample.audit(MANIFEST, "-q", "--report", f"json={report}", env=env)
    assert read_json(report)["run"]["shard"] is None
    assert len(numbers_of(read_json(report))) == 14


@pytest.mark.parametrize(
    "shard, variables, message",
    [
        ("5/4", {}, "the parts of 4 are 1 to 4"),
        ("2", {}, '"2" is no part: write 2/4'),
        ("auto/4", {}, "looked for JOB_COMPLETION_INDEX, SLURM_ARRAY_TASK_ID, SLURM_PROCID, PARALLEL_SEQ"),
        ("auto", {"PARALLEL_SEQ": "2"}, "GNU parallel tells which part this is (PARALLEL_SEQ=2), and not of how many"),
        ("auto/4", {"PARALLEL_SEQ": "2", "CI_NODE_INDEX": "2"}, "both GNU parallel (PARALLEL_SEQ=2) and GitLab"),
        ("auto/4", {"PARALLEL_SEQ": "\x1b[31m"}, "found PARALLEL_SEQ=\\u{1B}[31m, which is no number"),
    ],
)
def test_what_is_no_part_is_refused_before_any_request(sample, tmp_path, shard, variables, message):
    report = tmp_path / "part.json"
    run = audit_part(sample, shard, report, env=environment(BLAND_API_KEY=KEY, **variables))
    assert (run.status, run.out) == (64, "")
    assert message in run.err
    assert not report.exists()
    assert sample.stop() == []


# ---- Merging ---------------------------------------------------------------------------------

@pytest.fixture
def parts(sample, tmp_path):
    """The reports of three parts of the sample fleet, not in their order."""
    paths = [tmp_path / f"part{index}.json" for index in (2, 3, 1)]
    for path in paths:
        audit_part(sample, f"{path.stem[-1]}/3", path)
    return paths


def merge(*arguments, **keywords):
    """Without a key: it needs none."""
    return run_sipdrift("merge", *arguments, env=environment(), **keywords)


def all_reports(folder):
    return [argument for name in FORMATS for argument in ("--report", f"{name}={folder}/report.{name}")]


def without_run(report):
    """What two runs over the same live state have in common."""
    del report["run"]
    for result in report["results"]:
        del result["evidence"]
    report["notices"] = [n for n in report["notices"] if n["message"] != "merged from 3 parts"]
    return report


def audited_and_merged(sample, parts, tmp_path, *arguments):
    """The JSON reports of one audit and of the merged parts, the same folders with all formats beside them."""
    folders = [tmp_path / name for name in ("audited", "merged")]
    for folder in folders:
        folder.mkdir()
    audited = sample.audit(MANIFEST, *all_reports(folders[0]), *arguments)
    merged = merge(*parts, *all_reports(folders[1]))
    assert audited.status == merged.status, merged.err
    assert merged.err == ""
    return folders


def test_merged_parts_are_what_one_audit_would_have_reported(sample, parts, tmp_path):
    folders = audited_and_merged(sample, parts, tmp_path)
    audited, merged = (read_json(folder / "report.json") for folder in folders)
    ids = [read_json(path)["run"]["id"] for path in sorted(parts)]
    assert merged["run"]["merged_from"] == ids
    assert merged["run"]["shard"] is None
    assert merged["run"]["complete"] is True
    assert merged["run"]["exit_code"] == audited["run"]["exit_code"] == 6
    assert merged["run"]["id"] not in ids
    assert without_run(merged) == without_run(audited)


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "json"])
def test_every_format_of_merged_parts_is_what_one_audit_would_have_written(sample, parts, tmp_path, name):
    """But for what is told of the run and the evidence: both are given those of the audit."""
    folders = audited_and_merged(sample, parts, tmp_path)
    audited, merged = (read_json(folder / "report.json") for folder in folders)
    evidence = {result["number"]: result["evidence"] for result in audited["results"]}
    merged["run"] = audited["run"]
    merged["notices"].remove({"message": "merged from 3 parts"})
    for result in merged["results"]:
        result["evidence"] = evidence[result["number"]]
    (tmp_path / "same.json").write_text(json.dumps(merged))
    converted = tmp_path / "converted"
    assert run_sipdrift("convert", tmp_path / "same.json", "--report", f"{name}={converted}").status == 0
    assert converted.read_text() == (folders[0] / f"report.{name}").read_text()
    written = (folders[1] / f"report.{name}").read_text()
    assert "merged from 3 parts" in written or name == "prometheus"


def test_a_merged_report_can_be_read_again(parts, tmp_path):
    merged = tmp_path / "merged.json"
    assert merge(*parts, "-q", "--report", f"json={merged}").status == 6
    again = tmp_path / "again.json"
    assert run_sipdrift("convert", merged, "--report", f"json={again}").status == 0
    assert again.read_bytes() == merged.read_bytes()


def test_the_figures_of_the_fetch_are_those_of_all_parts(parts, tmp_path):
    merged = tmp_path / "merged.json"
    merge(*parts, "-q", "--report", f"json={merged}")
    runs = [read_json(path)["run"] for path in parts]
    run = read_json(merged)["run"]
    for key in ("requests", "connections", "bytes", "pauses", "paused_ms"):
        assert run["fetch"][key] == sum(part["fetch"][key] for part in runs)
    assert run["fetch"]["highest_concurrency"] == max(part["fetch"]["highest_concurrency"] for part in runs)
    assert run["fetch"]["latency_ms"] is None
    assert run["fetch"]["protocol"] == "HTTP/1.1"
    assert run["started_at"] == min(part["started_at"] for part in runs)
    assert run["finished_at"] == max(part["finished_at"] for part in runs)


def test_the_summary_goes_to_stdout_and_says_that_it_was_merged(parts):
    run = merge(*parts)
    assert run.status == 6
    assert "merged from 3 parts" in run.out
    assert run.out.endswith("Exit status 6: drift, and some numbers could not be compared.\n")
    assert merge(*parts, "--quiet").out == ""


def test_milder_exit_statuses_are_kept(sample, tmp_path):
    paths = [tmp_path / f"{index}.json" for index in (1, 2)]
    for path in paths:
        assert audit_part(sample, f"{path.stem}/2", path, "--exit-zero").status == 0
    run = merge(*paths)
    assert run.status == 0
    assert run.out.count("the exit status would be 6") == 1


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["part1.json", "part2.json"], "part 3 of 3 is missing"),
        (["part1.json"], "parts 2, 3 of 3 are missing"),
        (["part1.json", "part2.json", "part3.json", "part2.json"],
         "part2.json: is part 2 of 3 once more (held against part2.json)"),
        (["part1.json", "part2.json", "whole.json"], "whole.json: is no part: it was made without --shard"),
        (["part1.json", "part2.json", "part4.json"], "part4.json: is one of 4 parts, not of 3 (held against part1.json)"),
        (["part1.json", "part2.json", "exact.json"], "exact.json: was compared with --match exact, not sip"),
        (["part1.json", "part2.json", "some.json"], "some.json: is of another selection: 13 of 14 numbers, not 14 of 14"),
        (["part1.json", "part2.json", "other.json"], "other.json: is of another manifest: "),
        (["part1.json", "part2.json", "two.json"], "two.json: is of 2 manifest files, not 1"),
        (["part1.json", "part2.json", "nothing.json"], "nothing.json: cannot be read"),
        (["part1.json", "part2.json", "/dev/null"], "/dev/null: is no JSON report"),
        (["part1.json", "part2.json", "elsewhere.json"], "elsewhere.json: is of another API: "),
        (["part1.json", "part2.json", "fewer.json"], "the parts have 13 numbers together, and 14 were selected"),
    ],
)
def test_what_is_not_all_of_one_fleet_is_refused(api, sample, parts, tmp_path, manifest, arguments, message):
    third = ["--shard", "3/3", "-q", "--report"]
    if "whole.json" in arguments:
        sample.audit(MANIFEST, "-q", "--report", f"json={tmp_path}/whole.json")
    audit_part(sample, "1/4", tmp_path / "part4.json")
    audit_part(sample, "3/3", tmp_path / "exact.json", "--match", "exact")
    audit_part(sample, "3/3", tmp_path / "some.json", "--exclude", "+14155550100")
    other = tmp_path / "manifest.yaml"
    other.write_text(MANIFEST.read_text() + "# changed\n")
    sample.audit(other, *third, f"json={tmp_path}/other.json")
    more = manifest("numbers: [{number: '+12', port: 1}]\n", "more.yaml")
    sample.audit(MANIFEST, more, *third, f"json={tmp_path}/two.json")
    if "elsewhere.json" in arguments:
        audit_part(api("{}"), "3/3", tmp_path / "elsewhere.json")
    if "fewer.json" in arguments:
        leave_one_out(tmp_path / "part3.json", tmp_path / "fewer.json")
    run = merge(*arguments, "--report", "json=merged.json", cwd=tmp_path)
    assert (run.status, run.out) == (65, "")
    assert message in run.err
    assert not (tmp_path / "merged.json").exists()


def leave_one_out(path, target):
    """A report that adds up, and of which a number was lost before."""
    report = read_json(path)
    gone = next(result for result in report["results"] if result["status"] == "in_sync")
    report["results"].remove(gone)
    report["summary"]["declared"] -= 1
    report["summary"]["in_sync"] -= 1
    target.write_text(json.dumps(report))


def test_all_parts_that_cannot_be_read_are_told(tmp_path):
    run = merge("a.json", "b.json", cwd=tmp_path)
    assert run.status == 65
    assert "a.json: cannot be read" in run.err and "b.json: cannot be read" in run.err


def test_a_merge_does_not_overwrite_its_parts(parts):
    run = merge(*parts, "--report", f"json={parts[1]}")
    assert run.status == 64
    assert "would overwrite an input" in run.err


def test_a_report_that_cannot_be_written_makes_the_exit_status_1(parts, tmp_path):
    run = merge(*parts, "--report", f"json={tmp_path}/none/x.json")
    assert run.status == 1
    assert "could not be written" in run.err


def test_earlier_findings_are_told_by_the_part_that_has_their_number(api, sample, tmp_path):
    before = tmp_path / "before.json"
    sample.audit(MANIFEST, "-q", "--report", f"json={before}")
    fleet = json.loads((ROOT / "samples/fleet.json").read_text())
    fleet["+14155550111"]["outbound"]["options"]["port"] = 5062  # mended
    fleet["+14155550102"]["outbound"]["options"]["port"] = 5063  # new
    later = api(fleet)
    before.write_text(before.read_text().replace(sample.url, later.url))
    parts = [tmp_path / f"part{index}.json" for index in (1, 2, 3)]
    for path in parts:
        audit_part(later, f"{path.stem[-1]}/3", path, "--previous", before)
    folders = audited_and_merged(later, parts, tmp_path, "--previous", before)
    audited, merged = (without_run(read_json(folder / "report.json")) for folder in folders)
    for report in (audited, merged):
        for result in report["results"]:
            for finding in result["findings"]:
                if finding["baseline_state"] == "new":
                    del finding["first_seen"]  # when it was observed
    assert merged == audited
    assert [(past["number"], past["fate"]) for past in merged["previous"]["findings"]] == [("+14155550111", "resolved")]
    assert merged["summary"]["baseline"]["new"] == 1
    without = tmp_path / "without.json"
    audit_part(later, "3/3", without)
    refused = merge(*parts[:2], without)
    assert refused.status == 65
    assert "was held against no earlier run, not run " in refused.err


def test_waivers_and_discovery_are_those_of_all_parts(sample, tmp_path):
    """A tag's waiver is undecided in each part, and decided in all; a number nobody declared is in one part."""
    manifest = tmp_path / "waived.yaml"
    text = MANIFEST.read_text().replace("+14155550100", "+14155550199")  # the first is live, and not declared
    common = "reason: moved, owner: voice, ticket: T"
    manifest.write_text(text + f"""
waivers:
  - {{ tag: "site:ams", field: outbound.port, {common}, expires: "2999-12-31" }}
  - {{ tag: "site:sfo", field: outbound.port, {common}, expires: "2999-12-31" }}
  - {{ tag: "site:sfo", field: inbound.auth_mode, {common}, expires: "2020-12-31" }}
""")
    parts = [tmp_path / f"part{index}.json" for index in (1, 2, 3)]
    more = ["-q", "--discover", "fail"]
    for path in parts:
        run = sample.audit(manifest, *more, "--shard", f"{path.stem[-1]}/3", "--report", f"json={path}")
        assert run.status in (2, 6), run.err
    states = [waiver["state"] for path in parts for waiver in read_json(path)["waivers"]]
    assert "undecided" in states
    audited, merged = tmp_path / "audited.json", tmp_path / "merged.json"
    sample.audit(manifest, *more, "--report", f"json={audited}")
    assert merge(*parts, "-q", "--report", f"json={merged}").status == 6
    audited, merged = without_run(read_json(audited)), without_run(read_json(merged))
    for report in (audited, merged):
        del report["discovery"]["evidence"]
    assert merged == audited
    assert [waiver["state"] for waiver in merged["waivers"]] == ["in_use", "unused", "expired"]
    assert merged["summary"]["unmanaged"] == 1
