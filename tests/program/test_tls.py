"""Over TLS: whom the program believes to be the API."""

import http.server
import json
import ssl
import subprocess
import threading

import pytest
from conftest import ONE, only_error, run_sipdrift
from servers import Certificates, envelope

BODY = json.dumps(envelope()).encode()


@pytest.fixture
def https(tmp_path):
    """An HTTPS server for 127.0.0.1 with a certificate of a CA that nobody knows."""
    certificates = Certificates(tmp_path)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(BODY)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates.server, certificates.key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, certificates.ca
    server.shutdown()


def test_a_certificate_must_be_of_a_known_ca(https, manifest, report, tmp_path):
    port, ca = https
    url = f"https://127.0.0.1:{port}"
    run = run_sipdrift("audit", manifest(ONE), "--api-url", url, "--report", f"json={report}")
    result = only_error(run, report)
    assert result["error"]["kind"] == "tls"
    assert "certificate is not accepted" in result["error"]["message"]
    assert result["evidence"]["attempts"] == 1
    run = run_sipdrift("audit", manifest(ONE), "--api-url", url, "--ca-file", ca)
    assert run.status == 0, run.out
    folder = tmp_path / "cas"
    folder.mkdir()
    (folder / "our-ca.pem").write_text(ca.read_text())
    run = run_sipdrift("audit", manifest(ONE), "--api-url", url, "--ca-path", folder)
    assert run.status == 65
    assert f"--ca-path {folder}: holds no certificates by their hashes" in run.err
    subprocess.run(["openssl", "rehash", folder], check=True)
    run = run_sipdrift("audit", manifest(ONE), "--api-url", url, "--ca-path", folder)
    assert run.status == 0, run.out


@pytest.mark.parametrize("content", [None, "", "no certificate"])
def test_a_ca_file_must_hold_certificates(manifest, tmp_path, content):
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    run = run_sipdrift("audit", manifest(ONE), "--api-url", "https://127.0.0.1:9", "--ca-file", path)
    assert run.status == 65
    assert f"--ca-file {path}" in run.err


def test_a_certificate_must_be_for_the_host(https, manifest, report):
    port, ca = https
    run = run_sipdrift("audit", manifest(ONE), "--api-url", f"https://localhost:{port}", "--ca-file",
                       ca, "--report", f"json={report}")
    assert only_error(run, report)["error"]["kind"] == "tls"
