"""Reports, read by what people read them with."""

import json
import subprocess
from html.parser import HTMLParser

import pytest
from conftest import ROOT, junit_counts, read_json, run_sipdrift

NASTY = (
    "x\n# heading\n\n* item\n\n    code",
    "x` **bold** `y",
    "``` fence ``` ```` longer ````",
    "<script>alert(1)</script><img src=x onerror=alert(1)><!-- -->",
    "[link](https://example.com) ![image](https://example.com/x.png) <https://example.com>",
    "https://example.com www.example.com someone@example.com",
    "@everyone #1 !2 acme/repo#3 :tada:",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "&lt;b&gt; &#96; \\` \\",
    "\u202eright to left\u2066",
    " ",
    "`",
)


def full_of(text, tmp_path):
    """A JSON report that has `text` wherever the manifest, the API, a waiver or an earlier run can put one."""
    report = read_json(ROOT / "tests/golden/history.2.json")
    sources = [result["source"] for result in report["results"]] + [waiver["source"] for waiver in report["waivers"]]
    for source in filter(None, sources):
        source["file"] = text
    report["run"].update(manifests=report["run"]["manifests"][:1], api_url=text, id=text, exit_code=6)
    report["run"]["manifests"][0]["path"] = text
    report["notices"][0]["message"] = text
    said = {"reason": text, "owner": text, "ticket": text}
    for waiver in report["waivers"]:
        # None that is in use could be pinned to just any text.
        waiver.update(said, observed=None if waiver["state"] == "in_use" else text)
    report["discovery"]["others"] = [text]
    for result in report["results"]:
        if result["listed"]:
            result["listed"]["sip_endpoint"] = text
            continue
        result.update(profile=text, tags=[text] if result["number"] == "+14155550102" else result["tags"])
        for finding in result["findings"]:
            finding.update(expected=f"{text} as declared", actual=text, rule=None)
            if finding["waiver"]:
                finding["waiver"].update(said)
    failed = report["results"][4]
    failed.update(status="not_compared", error={"kind": "tls", "message": text}, matched=[], observed=None)
    report["summary"].update(in_sync=1, not_compared=1)
    for finding in report["previous"]["findings"]:
        finding.update(expected=f"{text} as declared", actual=text)
        if finding["number"] == failed["number"]:
            finding["fate"] = "not_compared"
    report["summary"]["baseline"].update(resolved=1, not_compared=2)
    path = tmp_path / "nasty.json"
    path.write_text(json.dumps(report))
    return path


# ---- Markdown --------------------------------------------------------------------------------


class Rendered(HTMLParser):
    """Which elements there are, and what text stands outside of code."""

    def __init__(self, html):
        super().__init__()
        self.tags = set()
        self.plain = ""
        self.code = []
        self.is_code = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        assert not attrs or tag in ("th", "td")
        if tag == "code":
            self.is_code = True
            self.code.append("")

    def handle_endtag(self, tag):
        if tag == "code":
            self.is_code = False

    def handle_comment(self, data):
        raise AssertionError(f"a comment: {data}")

    def handle_data(self, data):
        if self.is_code:
            self.code[-1] += data
        else:
            self.plain += data


def rendered(markdown):
    """As GitHub renders it, but for what it does to the HTML afterwards."""
    extensions = [argument for name in ("table", "autolink", "strikethrough") for argument in ("-e", name)]
    run = subprocess.run(["cmark-gfm", "--unsafe", *extensions], input=markdown, capture_output=True, text=True, check=True)
    return Rendered(run.stdout)


STRUCTURE = {"h1", "h2", "h3", "p", "ul", "li", "strong", "em", "code", "table", "thead", "tbody", "tr", "th", "td"}


@pytest.mark.parametrize("nasty", NASTY)
def test_no_text_is_markup_in_markdown(nasty, tmp_path):
    run = run_sipdrift("convert", full_of(nasty, tmp_path), "--report", "markdown=-")
    assert run.status == 0
    page = rendered(run.out)
    assert page.tags <= STRUCTURE
    clean = rendered(run_sipdrift("convert", full_of("clean", tmp_path), "--report", "markdown=-").out)
    assert page.plain == clean.plain
    assert len(page.code) == len(clean.code)


def test_markdown_shows_what_was_there(tmp_path):
    for text in ("x` **bold** `y", "<b>&amp;</b>", "a | b", "``` x"):
        run = run_sipdrift("convert", full_of(text, tmp_path), "--report", "markdown=-")
        assert f"{text} as declared" in rendered(run.out).code


# ---- JUnit -----------------------------------------------------------------------------------


def test_junitparser_counts_as_the_report_does(tmp_path):
    """Debian's python3-junitparser."""
    from junitparser import Error, Failure, JUnitXml, Skipped

    for golden in (ROOT / "tests/golden").glob("*.junit"):
        expected = junit_counts(read_json(golden.with_suffix(".json")))
        (suite,) = JUnitXml.fromfile(str(golden))
        assert (suite.tests, suite.failures, suite.errors, suite.skipped) == expected
        outcomes = [type(outcome) for case in suite for outcome in case.result]
        assert (len(list(suite)), *map(outcomes.count, (Failure, Error, Skipped))) == expected
