"""Servers that real ones are like on a bad day, and a real one: nginx, with certificates of our own."""

import json
import socket
import subprocess
import threading
import time
from pathlib import Path


def direction(name, number="+12", **more):
    return {"number": number, "direction": name, "sip_endpoint": None, "options": {"port": 5061}} | more


def envelope(number="+12", **more):
    """A reply whose outbound port is 5061."""
    return {"data": {"inbound": None, "outbound": direction("outbound", number, **more)}, "errors": None}


def http_answer(body, *headers, status="200 OK"):
    head = [f"HTTP/1.1 {status}", "Content-Type: application/json", *headers, "", ""]
    return "\r\n".join(head).encode() + body


def whole_answer(body, *headers, status="200 OK"):
    """An answer after which the connection can go on."""
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    return http_answer(body, f"Content-Length: {len(body)}", *headers, status=status)


def good(request):
    """The answer of a ScriptServer that has nothing to hide."""
    return whole_answer(envelope(request.number))


class SocketServer:
    """Hands every connection to `converse`, in a thread of its own."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """New connections are refused from here on."""
        try:
            self.socket.shutdown(socket.SHUT_RDWR)  # wakes accept()
        except OSError:
            pass
        self.socket.close()

    def serve(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.converse, args=(connection,), daemon=True).start()


class RawServer(SocketServer):
    """Answers every connection with the same bytes, then closes it."""

    def __init__(self, answer):
        self.answer = answer
        super().__init__()

    def converse(self, connection):
        with connection:
            connection.recv(65536)
            connection.sendall(self.answer)


class Request:
    def __init__(self, number, time_received, nth):
        self.number = number  # None if the list of numbers is asked for
        self.time = time_received
        self.nth = nth  # of all requests, from 0


class ScriptServer(SocketServer):
    """Answers each request as `answer(request)` says, and counts.

    An answer is bytes to send; None closes the connection without a word; a function is called with the
    connection, which is closed afterwards.
    """

    def __init__(self, answer):
        self.answer = answer
        self.lock = threading.Lock()
        self.requests = []
        self.connections = []
        self.under_way = 0
        self.most_under_way = 0
        super().__init__()

    @property
    def times(self):
        return [request.time for request in self.requests]

    @property
    def numbers(self):
        return [request.number for request in self.requests]

    def converse(self, connection):
        with self.lock:
            self.connections.append(connection)
        with connection:
            try:
                while head := self.read_request(connection):
                    if not self.reply(connection, head):
                        return
            except OSError:
                return

    @staticmethod
    def read_request(connection):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            piece = connection.recv(65536)
            if not piece:
                return b""
            head += piece
        return head

    def reply(self, connection, head):
        number = "+" + head.split()[1].decode().split("%2B")[1] if b"%2B" in head else None
        with self.lock:
            request = Request(number, time.monotonic(), len(self.requests))
            self.requests.append(request)
            self.under_way += 1
            self.most_under_way = max(self.most_under_way, self.under_way)
        answer = self.answer(request)
        with self.lock:  # before the client can know of the answer, and send the next request
            self.under_way -= 1
        if answer is None:
            return False
        if callable(answer):
            answer(connection)
            return False
        connection.sendall(answer)
        return True

    def die(self):
        """Everything is closed at once, as when the machine goes down."""
        self.stop()
        with self.lock:
            for connection in self.connections:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass


class Certificates:
    """A CA that nobody knows, and a server's certificate for 127.0.0.1 from it."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.ca, self.server, self.key = (self.folder / name for name in ("ca.pem", "server.pem", "server.key"))
        new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        self.openssl("req", "-x509", *new_key, "-days", "2", "-subj", "/CN=a CA of our own", "-keyout", "ca.key",
                     "-out", "ca.pem")
        self.openssl("req", *new_key, "-subj", "/CN=127.0.0.1", "-keyout", "server.key", "-out", "server.csr")
        (self.folder / "extensions").write_text("subjectAltName=IP:127.0.0.1\n")
        self.openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                     "-days", "2", "-extfile", "extensions", "-out", "server.pem")

    def openssl(self, *arguments):
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)


class Nginx:
    """nginx with the configuration of a template, in which `@name@` stands for a value.

    `@folder@` and a free port for each of `ports` are filled in; the ports are attributes. A port is free
    when it is chosen, and could be taken before nginx has it: then another is tried.
    """

    def __init__(self, folder, template, ports, **values):
        self.folder = Path(folder)
        self.folder.chmod(0o755)  # nginx' worker may be another user
        for _ in range(20):
            chosen = free_ports(len(ports))
            text = template.read_text()
            for name, value in {"folder": folder, **values, **dict(zip(ports, chosen))}.items():
                text = text.replace(f"@{name}@", str(value))
            (self.folder / "nginx.conf").write_text(text)
            self.process = subprocess.Popen(
                ["/usr/sbin/nginx", "-p", folder, "-c", self.folder / "nginx.conf", "-e", self.folder / "error.log"],
                stderr=subprocess.DEVNULL,
            )
            if all([self.is_listening(port) for port in chosen]):
                self.__dict__.update(zip(ports, chosen))
                return
            self.stop()
        raise RuntimeError((self.folder / "error.log").read_text())

    def is_listening(self, port):
        while self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                return True
            except OSError:
                time.sleep(0.01)
        return False

    def stop(self):
        """Ends it once it has written its logs."""
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(timeout=20)


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports
