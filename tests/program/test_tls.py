"""Over TLS: whom the program believes to be the API."""

import http.server
import json
import socket
import ssl
import subprocess
import threading

import pytest
from conftest import KEY, ONE, environment, only_error, run_sipdrift
from servers import Certificates, RawServer, SocketServer, envelope, http_answer

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


# ---- Proxies ---------------------------------------------------------------------------------


class ConnectProxy(SocketServer):
    """Opens tunnels, and remembers what it was told."""

    def __init__(self, answer=b"HTTP/1.1 200 OK\r\n\r\n"):
        self.answer = answer
        self.heads = []
        self.tunnelled = b""
        super().__init__()

    def converse(self, connection):
        with connection:
            head = connection.recv(65536)
            self.heads.append(head)
            connection.sendall(self.answer)
            if b" 200 " not in self.answer:
                return
            host, port = head.split()[1].decode().rsplit(":", 1)
            with socket.create_connection((host, int(port))) as server:
                back = threading.Thread(target=self.pump, args=(server, connection))
                back.start()
                self.pump(connection, server)
                back.join()

    def pump(self, source, target):
        try:
            while data := source.recv(65536):
                self.tunnelled += data
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass


def audit_behind(proxy, https, manifest, *arguments, **variables):
    port, ca = https
    env = environment(BLAND_API_KEY=KEY, **variables)
    return run_sipdrift("--log-level", "info", "audit", manifest(ONE), "--api-url", f"https://127.0.0.1:{port}",
                        "--ca-file", ca, *arguments, env=env)


@pytest.mark.parametrize("variable", ["https_proxy", "HTTPS_PROXY"])
def test_a_proxy_gets_a_tunnel_and_not_the_key(https, manifest, variable):
    with ConnectProxy() as proxy:
        run = audit_behind(proxy, https, manifest, **{variable: proxy.url})
    assert run.status == 0, run.out + run.err
    (head,) = proxy.heads
    assert head.startswith(b"CONNECT 127.0.0.1:")
    assert b"Authorization" not in head
    assert len(proxy.tunnelled) > 500 and KEY.encode() not in proxy.tunnelled + head
    assert "through a proxy" in run.err


def test_an_option_names_a_proxy_and_a_variable_says_where_there_is_none(https, manifest):
    with ConnectProxy() as proxy:
        assert audit_behind(proxy, https, manifest, "--proxy", proxy.url).status == 0
        assert len(proxy.heads) == 1
        run = audit_behind(proxy, https, manifest, https_proxy=proxy.url, no_proxy="127.0.0.1")
        assert run.status == 0
        assert len(proxy.heads) == 1
        assert "proxy" not in run.err


def test_a_proxy_that_refuses_is_told_and_not_asked_again(https, manifest, report):
    with ConnectProxy(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n") as proxy:
        run = audit_behind(proxy, https, manifest, "--report", f"json={report}", https_proxy=proxy.url)
    assert "407" in only_error(run, report)["error"]["message"]
    assert len(proxy.heads) == 1


def test_http_on_loopback_goes_through_no_proxy(manifest):
    with RawServer(http_answer(BODY, "Connection: close")) as server, ConnectProxy() as proxy:
        env = environment(BLAND_API_KEY=KEY, http_proxy=proxy.url, https_proxy=proxy.url, ALL_PROXY=proxy.url)
        assert run_sipdrift("audit", manifest(ONE), "--api-url", server.url, env=env).status == 0
    assert proxy.heads == []
