"""The README's tested console blocks: each command is run, and prints what the README shows."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from conftest import KEY, ROOT, SIPDRIFT, environment

BLOCK = re.compile(r"<!-- tested -->\n```console\n\$ (.*?)\n(.*?)\n```", re.DOTALL)
TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
# How many connections there are, and whether a reply that came over a used one is asked for again, is a
# matter of timing.
FETCH = re.compile(r"1[4-6] requests over \d+ connections? .*")
BLOCKS = BLOCK.findall((ROOT / "README.md").read_text())


def test_there_are_tested_blocks():
    assert len(BLOCKS) == 5


@pytest.mark.parametrize("command, shown", BLOCKS, ids=[command for command, _ in BLOCKS])
def test_a_block_shows_what_the_command_prints(api, command, shown):
    server = api((ROOT / "samples/fleet.json").read_text())
    path = f"{Path(SIPDRIFT).parent}:{os.environ['PATH']}"
    run = subprocess.run(
        ["bash", "-c", command + " 2>&1"],
        env=environment(BLAND_API_KEY=KEY, SIPDRIFT_API_URL=server.url) | {"PATH": path},
        cwd=ROOT, capture_output=True, text=True,
    )
    printed = TIME.sub("2026-11-23T02:30:00.000Z", run.stdout.replace(server.url, "http://127.0.0.1:8080"))
    printed = FETCH.sub("14 requests over 13 connections (HTTP/1.1), up to 13 at once; 7.9 ms (p50), 15 ms (p99)", printed)
    assert printed.rstrip("\n") == shown.rstrip("\n")
