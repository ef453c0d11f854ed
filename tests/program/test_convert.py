"""sipdrift convert: the same bytes as audit would have written, or a refusal that says where."""

import json
import os

import pytest
from conftest import FORMATS, ROOT, environment, read_json, run_sipdrift



@pytest.fixture
def saved(api, tmp_path):
    """What an audit of the sample fleet wrote, in every format."""
    server = api((ROOT / "samples/fleet.json").read_text())
    reports = [argument for name in FORMATS for argument in ("--report", f"{name}={tmp_path}/saved.{name}")]
    assert server.audit("samples/manifest.yaml", "-q", *reports, cwd=ROOT).status == 6
    return tmp_path


def convert(*arguments, **keywords):
    """Without a key: it needs none."""
    return run_sipdrift("convert", *arguments, env=environment(), **keywords)


@pytest.mark.parametrize("name", FORMATS)
def test_a_converted_report_is_what_audit_would_have_written(saved, name):
    run = convert(saved / "saved.json", "--report", f"{name}={saved}/converted", "--report", f"{name}=-")
    assert (run.status, run.err) == (0, "")
    assert (saved / "converted").read_bytes() == (saved / f"saved.{name}").read_bytes()
    assert run.out == (saved / f"saved.{name}").read_text()


def test_without_a_format_it_is_the_summary(saved):
    run = convert("-", stdin=(saved / "saved.json").read_text())
    assert (run.status, run.err) == (0, "")
    assert run.out == (saved / "saved.text").read_text()


def test_two_names_of_a_file_that_is_not_there_yet_are_one(saved):
    (saved / "link").symlink_to("new")
    run = convert(saved / "saved.json", "--report", f"json={saved}/new", "--report", f"html={saved}/link")
    assert run.status == 64
    assert "two reports go to" in run.err


def test_an_exit_status_tells_of_nothing_that_is_not_there(saved):
    report = read_json(saved / "saved.json")
    report["results"] = [result for result in report["results"] if result["status"] == "in_sync"]
    counts = {name: 0 for name, count in report["summary"].items() if isinstance(count, int)}
    report["summary"].update(counts, declared=len(report["results"]), in_sync=len(report["results"]))
    report["summary"]["findings"] = {"total": 0, "waived": 0, "by_field": {}, "by_severity": {"critical": 0, "major": 0}}
    for status, message in ((2, "no number has drifted"), (4, "there are none")):
        report["run"]["exit_code"] = status
        (saved / "bent.json").write_text(json.dumps(report))
        run = convert(saved / "bent.json")
        assert run.status == 65
        assert "run.exit_code" in run.err and message in run.err


def test_what_is_no_report_is_bad_input(saved):
    report = read_json(saved / "saved.json")
    bent = next(i for i, result in enumerate(report["results"]) if result["status"] == "drifted")
    report["results"][bent]["status"] = "in_sync"
    (saved / "bent.json").write_text(json.dumps(report))
    (saved / "half.json").write_bytes((saved / "saved.json").read_bytes()[:3000])
    for name, message in {
        "bent.json": f"results[{bent}].status is not drifted",
        "half.json": "is no JSON report",
        "none.json": "No such file",
        "saved.junit": "is no JSON report",
    }.items():
        run = convert(saved / name, "--report", f"text={saved}/new")
        assert run.status == 65
        assert message in run.err
        assert not (saved / "new").exists()


def test_a_report_is_not_converted_over_itself(saved):
    before = (saved / "saved.json").read_bytes()
    assert convert(saved / "saved.json", "--report", f"text={saved}/saved.json").status == 64
    assert (saved / "saved.json").read_bytes() == before


def test_what_cannot_be_written_is_told_and_the_rest_is_written(saved):
    run = convert(saved / "saved.json", "--report", "text=/dev/full", "--report", f"junit={saved}/new")
    assert run.status == 1
    assert "report text=/dev/full could not be written: No space left on device" in run.err
    assert (saved / "new").read_bytes() == (saved / "saved.junit").read_bytes()
    assert not [name for name in os.listdir(saved) if name.endswith(".tmp")]
