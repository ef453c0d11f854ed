"""The HTML report in a real browser, and JUnit XML in npm's reader.

What they need is put there by tests/web/install.sh.
"""

import json
import subprocess

import pytest
import yaml
from conftest import ROOT, junit_counts, read_json, run_sipdrift
from test_readers import NASTY, full_of

MODULES = ROOT / "build/web"
MIXED = ROOT / "tests/golden/mixed.6.json"


def node(script, *arguments):
    assert (MODULES / "complete").exists(), "run tests/web/install.sh first"
    run = subprocess.run(
        ["node", ROOT / "tests/web" / script, MODULES, *arguments], capture_output=True, text=True, timeout=240
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def look(report, tmp_path):
    """What Chromium makes of a JSON report's HTML."""
    page = tmp_path / "report.html"
    assert run_sipdrift("convert", report, "--report", f"html={page}").status == 0
    return node("look.mjs", page, tmp_path / "report.pdf")


def fleet_of(count, tmp_path):
    """A report on so many numbers: every tenth has drifted, every hundredth was not compared."""
    report = read_json(MIXED)
    in_sync, _, drifted, failed = report["results"]
    results = []
    for i in range(count):
        like = failed if i % 100 == 99 else drifted if i % 10 == 0 else in_sync
        results.append(like | {"number": f"+1415{1000000 + i}", "findings": []})
    report["results"] = results
    counts = {status: sum(one["status"] == status for one in results) for status in ("in_sync", "drifted", "not_compared")}
    findings = [finding for finding in drifted["findings"] if finding["path"] == "outbound.transport"]
    for result in results:
        if result["status"] == "drifted":
            result["findings"] = [dict(findings[0], fingerprint=fingerprint(result["number"]))]
            result["matched"] = []
    report["summary"].update(counts, declared=count)
    report["summary"]["findings"] = {
        "total": counts["drifted"], "waived": 0, "by_field": {"outbound.transport": counts["drifted"]},
        "by_severity": {"critical": 0, "major": counts["drifted"]},
    }
    path = tmp_path / "fleet.json"
    path.write_text(json.dumps(report))
    return path


def fingerprint(number):
    import hashlib

    return hashlib.sha256(f"{number}\noutbound.transport\nmissing".encode()).hexdigest()


def check(seen):
    """What holds of every page, whatever the report says."""
    assert seen["requests"] == [] and seen["messages"] == []
    for name, width in (("desk", 1280), ("phone", 360), ("dark", 1280)):
        screen = seen[name]
        assert screen["violations"] == []
        assert screen["lang"] == "en" and screen["is_styled"]
        assert screen["width"] <= width  # nothing to scroll sideways
        assert all(table["caption"] and table["heads"] for table in screen["tables"])
        assert not {"script", "img", "iframe", "object", "link", "form", "a", "b", "base"} & set(screen["elements"])
        assert not [one for one in screen["attributes"] if one.startswith("on") or one in ("style", "src", "href")]
    assert seen["desk"]["ground"] == "rgb(255, 255, 255)" != seen["dark"]["ground"]


def test_a_report_is_seen_on_every_screen(tmp_path):
    seen = look(MIXED, tmp_path)
    check(seen)
    for text in (seen["desk"]["text"], seen["phone"]["text"], seen["bare"]):
        assert text.startswith("1 of 4 numbers drifted, 1 not compared")
        for words in ("outbound.transport", "critical: encryption is lost", "+14155550102", "timeout",
                      "no whole reply within 10 s", "2 numbers in sync, 1 by equivalence", "samples/manifest.yaml:20"):
            assert words in text
    assert seen["desk"]["title"] == "1 of 4 numbers drifted, 1 not compared - sipdrift"
    assert seen["desk"]["bars"] > 3


@pytest.mark.parametrize("name", ["in_sync.0", "interrupted.130", "nothing_selected.0"])
def test_every_kind_of_report_is_accessible(name, tmp_path):
    check(look(ROOT / f"tests/golden/{name}.json", tmp_path))


@pytest.mark.parametrize("page", sorted((ROOT / "tests/golden").glob("changes_*.html")), ids=lambda page: page.name)
def test_every_page_of_changes_is_accessible(page, tmp_path):
    seen = node("look.mjs", page, tmp_path / "changes.pdf")
    check(seen)
    assert seen["desk"]["title"].endswith(" - sipdrift")
    assert "The two audits" in seen["phone"]["text"] and "Exit status" in seen["bare"]


def test_a_page_of_ten_thousand_numbers_opens_at_once_and_prints(tmp_path):
    seen = look(fleet_of(10_000, tmp_path), tmp_path)
    check(seen)
    assert seen["desk"]["text"].startswith("1000 of 10000 numbers drifted, 100 not compared")
    assert "+14151000001" not in seen["desk"]["text"]  # in sync, and folded
    assert seen["desk"]["opened_in"] < 10_000  # milliseconds: far above what it takes, far below a hang
    assert (tmp_path / "report.html").stat().st_size < 1_000_000
    text = subprocess.run(["pdftotext", "-layout", tmp_path / "report.pdf", "-"], capture_output=True, text=True).stdout
    assert "+14151000001" in text  # on paper nothing is folded
    pages = text.split("\f")
    heads = [page for page in pages if "Expected and live" in page]
    assert len(heads) > 1 or len(pages) < 3  # the head of a table that goes on is repeated


def test_no_text_is_markup_in_html(tmp_path):
    clean = look(full_of("clean", tmp_path), tmp_path)
    for nasty in (" ", "\n".join(NASTY)):
        seen = look(full_of(nasty, tmp_path), tmp_path)
        check(seen)
        assert seen["desk"]["elements"] == clean["desk"]["elements"]


def test_npms_readers_of_junit_count_as_the_report_does():
    """junit2json and test-results-parser."""
    for golden in (ROOT / "tests/golden").glob("*.junit"):
        report = read_json(golden.with_suffix(".json"))
        counts = node("count.mjs", golden)
        expected = list(junit_counts(report))
        assert counts["found"] == counts["another"] == expected
        assert counts["declared"] == [expected]
        # It takes "+14155550100" for a figure.
        names = [name.split()[-1].lstrip("+") for name in counts["names"]]
        assert names[:len(report["results"])] == [result["number"].lstrip("+") for result in report["results"]]


def test_the_sample_workflow_is_one_for_github(tmp_path):
    sample = ROOT / "samples/ci/github-actions.yml"
    assert node("workflow.mjs", sample) == []
    mistyped = tmp_path / "mistyped.yml"
    mistyped.write_text(sample.read_text().replace("fail-fast:", "fail-fasst:"))
    assert node("workflow.mjs", mistyped) != []


def test_the_sample_job_is_one_by_kubernetes_own_schema(tmp_path):
    job = yaml.safe_load((ROOT / "samples/ci/kubernetes.yaml").read_text())
    written = tmp_path / "job.json"
    written.write_text(json.dumps(job))
    assert node("job.mjs", written) == []
    job["spec"]["completions"] = "four"
    written.write_text(json.dumps(job))
    assert node("job.mjs", written) != []
