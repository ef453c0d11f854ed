"""A fleet in parts: audited apart, and put together again."""

import pytest
from conftest import KEY, ROOT, environment, read_json, run_sipdrift

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
