"""The demo, as a newcomer runs it."""

import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_demo_shows_the_sample_fleet_and_ends_well():
    run = subprocess.run([ROOT / "samples/demo.sh"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert "14 numbers: 7 in sync (2 by equivalence), 6 drifted, 1 not compared\n" in run.stdout
    assert "The audit exited with 6, as it should on this sample" in run.stdout
    report = json.loads((ROOT / "build/demo/report.json").read_text())
    assert report["run"]["exit_code"] == 6
    assert "<testsuites>" in (ROOT / "build/demo/report.xml").read_text()
