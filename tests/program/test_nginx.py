"""Against nginx over TLS, whose connections end after a hundred requests: nothing is lost."""

import time
from pathlib import Path

import pytest
from conftest import read_json, run_sipdrift
from servers import Certificates, Nginx, ScriptServer, good

COUNT = 20_000
MANIFEST = f"numbers: [{{range: '+14150000000..+141500{COUNT - 1:05}', outbound: {{port: 5061}}}}]\n"


@pytest.fixture
def nginx(tmp_path):
    folder = tmp_path / "nginx"
    folder.mkdir()
    Certificates(folder)
    stalled = set()

    def answer(request):
        """Of every twentieth number the first request is never answered."""
        if int(request.number) % 20 == 0 and request.number not in stalled:
            stalled.add(request.number)
            time.sleep(4)
        return good(request)

    with ScriptServer(answer) as upstream:
        server = Nginx(folder, Path(__file__).parent / "nginx.conf.in", ("http1_port", "http2_port", "short_port"),
                       upstream=upstream.url.rsplit(":", 1)[1])
        yield server
    server.stop()


@pytest.mark.parametrize("protocol, http_port", [("HTTP/1.1", "http1_port"), ("HTTP/2", "http2_port")])
def test_no_number_is_lost_where_connections_end(nginx, manifest, tmp_path, protocol, http_port):
    url = f"https://127.0.0.1:{getattr(nginx, http_port)}"
    run = run_sipdrift("audit", manifest(MANIFEST), "--api-url", url, "--ca-file", nginx.folder / "ca.pem",
                       "-j", "64", "-q", "--report", f"json={tmp_path}/r.json")
    assert run.status == 0, run.err
    nginx.stop()
    report = read_json(tmp_path / "r.json")
    assert report["summary"]["in_sync"] == COUNT
    assert len(report["results"]) == COUNT

    seen = [line.split() for line in (nginx.folder / "access.log").read_text().splitlines()]
    assert {line[0] for line in seen} == {"200"}
    assert {line[1] for line in seen} == {"HTTP/2.0" if protocol == "HTTP/2" else protocol}
    assert len({line[3] for line in seen}) == COUNT
    connections = len({line[2] for line in seen})
    assert COUNT / 100 <= connections < 2 * COUNT / 100
    # Not even one has to be asked for twice.
    assert len(seen) == COUNT
    fetch = report["run"]["fetch"]
    assert (fetch["requests"], fetch["retries"]) == (COUNT, {})
    assert fetch["protocol"] == protocol
    assert fetch["highest_concurrency"] == 64
    assert fetch["connections"] >= COUNT / 100


def test_no_number_is_lost_where_most_requests_are_left_over(nginx, manifest, tmp_path):
    """Two hundred go out over connections that answer three and say GOAWAY, again and again."""
    text = "numbers: [{range: '+1000..+2999', outbound: {port: 5061}}]\n"
    run = run_sipdrift("audit", manifest(text), "--api-url", f"https://127.0.0.1:{nginx.short_port}", "--ca-file",
                       nginx.folder / "ca.pem", "-j", "200", "--report", f"json={tmp_path}/r.json")
    assert run.status == 0, run.out[-2000:]
    report = read_json(tmp_path / "r.json")
    assert report["summary"]["in_sync"] == 2000


def test_a_request_that_timed_out_finds_a_place_among_the_others(nginx, manifest, tmp_path):
    """Over the one connection of HTTP/2, while the others keep it busy."""
    text = "numbers: [{range: '+1000..+1199', outbound: {port: 5061}}]\n"
    run = run_sipdrift("audit", manifest(text), "--api-url", f"https://127.0.0.1:{nginx.http2_port}/behind", "--ca-file",
                       nginx.folder / "ca.pem", "-j", "32", "--timeout", "1", "--report", f"json={tmp_path}/r.json")
    assert run.status == 0, run.out
    report = read_json(tmp_path / "r.json")
    retries = report["run"]["fetch"]["retries"]
    assert set(retries) == {"timeout"} and retries["timeout"] >= 10  # more on a busy machine
    assert report["run"]["fetch"]["protocol"] == "HTTP/2"
