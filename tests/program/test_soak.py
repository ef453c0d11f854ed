"""A server that does everything wrong that a server can, at random from a seed, and knows the truth.

Four thousand requests by default; tests/soak.sh makes it a hundred thousand.
"""

import gzip
import json
import os
import random
import socket
import struct
import time
from collections import Counter

import pytest
from conftest import read_json, run_sipdrift
from servers import ScriptServer, direction, http_answer, whole_answer

REQUESTS = int(os.environ.get("SIPDRIFT_SOAK_REQUESTS", "4000"))
SEED = int(os.environ.get("SIPDRIFT_SOAK_SEED", "20261123"))
NUMBERS = 1000  # of one audit
FIRST = 14150000000


def live(number):
    """The truth: of three numbers one is in sync, one has another port, and one has none."""
    port = {0: 5061, 1: 5062, 2: None}[int(number) % 3]
    return {"inbound": None, "outbound": direction("outbound", number, options={"port": port, "transport": "tls"})}


def expected_status(number):
    return "in_sync" if int(number) % 3 == 0 else "drifted"


def envelope(number):
    return {"data": live(number), "errors": None}


def body(number):
    return json.dumps(envelope(number)).encode()


def another(number, chance):
    return f"+{FIRST + chance.randrange(NUMBERS)}"


# ---- What can go wrong -----------------------------------------------------------------------


def good(number, chance):
    return whole_answer(envelope(number))


def reset(number, chance):
    def abort(connection):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    return abort


def unanswered(number, chance):
    return None


def truncated(number, chance):
    whole = whole_answer(envelope(number))
    cut = whole[: chance.randrange(len(whole))]
    return lambda connection: connection.sendall(cut)


def truncated_in_a_chunk(number, chance):
    half = body(number)[: chance.randrange(len(body(number)))]
    answer = http_answer(b"%x\r\n%s" % (len(body(number)), half), "Transfer-Encoding: chunked")
    return lambda connection: connection.sendall(answer)


def cut_off_json(number, chance):
    """Whole as HTTP has it, and no whole JSON."""
    return whole_answer(body(number)[: chance.randrange(len(body(number)))])


def swapped(number, chance):
    return whole_answer(envelope(another(number, chance)))


def sent_twice(number, chance):
    """The next request over this connection finds an answer waiting that is not its own."""
    return whole_answer(envelope(number)) * 2


def and_one_of_no_number(number, chance):
    """The one that waits names no number, and would do for any that is not configured."""
    return good(number, chance) + whole_answer({"data": {"inbound": None, "outbound": None}, "errors": None})


def html(number, chance):
    return whole_answer(b"<html><body>Please log in</body></html>")


def html_that_says_so(number, chance):
    page = b"<html>maintenance</html>"
    return (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page)) + page


def no_content(number, chance):
    return b"HTTP/1.1 204 No Content\r\n\r\n"


def empty(number, chance):
    return whole_answer(b"")


def too_many(number, chance):
    return whole_answer({"error": "slow down"}, "Retry-After: 0", status="429 Too Many Requests")


def trouble(number, chance):
    status = chance.choice(["500 Internal Server Error", "502 Bad Gateway", "504 Gateway Timeout", "408 Request Timeout"])
    return whole_answer({"data": live(number), "errors": None}, status=status)


def slow(number, chance):
    time.sleep(chance.random() * 0.1)
    return good(number, chance)


def too_slow(number, chance):
    time.sleep(1.2)
    return good(number, chance)


def duplicate_keys(number, chance):
    text = body(number).decode().replace('"transport"', '"port": 5061, "transport"')
    return whole_answer(text.encode())


def wrong_types(number, chance):
    wrong = chance.choice([5061.0, "5061 ", True, [5061], {"port": 5061}, -5061, 70597, "0x13c5", ""])
    reply = envelope(number)
    reply["data"]["outbound"]["options"]["port"] = wrong
    return whole_answer(reply)


def error_beside_data(number, chance):
    return whole_answer(envelope(number) | {"errors": [{"error": "PARTIAL", "message": "some shards failed"}]})


def compressed(number, chance):
    return whole_answer(gzip.compress(body(number)), "Content-Encoding: gzip")


def redirect(number, chance):
    return whole_answer(body(number), "Location: /v2/sip", status="302 Found")


FAULTS = [reset, unanswered, truncated, truncated_in_a_chunk, cut_off_json, swapped, sent_twice, and_one_of_no_number, html,
          html_that_says_so, no_content, empty, trouble, slow, duplicate_keys, wrong_types, error_beside_data, compressed,
          redirect]
RARE = [too_many, too_slow]  # the first has every request wait, and the second its own


class Chaos(ScriptServer):
    def __init__(self, seed, faulty):
        self.seed, self.faulty = seed, faulty
        self.asked = Counter()
        self.dealt = Counter()
        super().__init__(self.deal)

    def deal(self, request):
        with self.lock:
            self.asked[request.number] += 1
            nth = self.asked[request.number]
        # By number and turn, so that nothing depends on which thread comes first.
        chance = random.Random(f"{self.seed} {request.number} {nth}")
        kind = good
        if chance.random() < self.faulty:
            kind = chance.choice(RARE if chance.random() < 0.01 else FAULTS)
        with self.lock:
            self.dealt[kind.__name__] += 1
        return kind(request.number, chance)


def check(report, numbers):
    """Every number has a row, and every verdict is the truth; gives the counts."""
    rows = {result["number"]: result for result in report["results"]}
    assert len(report["results"]) == len(rows) == numbers
    assert set(rows) == {f"+{FIRST + i}" for i in range(numbers)}
    for number, row in rows.items():
        if row["status"] == "not_compared":
            assert row["error"]["message"]
            continue
        assert row["status"] == expected_status(number), row
        actual = live(number)["outbound"]["options"]["port"]
        assert [finding["actual"] for finding in row["findings"]] == ([] if actual == 5061 else [actual]), row
    return Counter(row["status"] for row in rows.values())


@pytest.mark.parametrize("faulty", [0.3, 0.7])
def test_no_verdict_but_the_truth(manifest, tmp_path, faulty):
    text = f"numbers: [{{range: '+{FIRST}..+{FIRST + NUMBERS - 1}', outbound: {{port: 5061, transport: tls}}}}]\n"
    path = manifest(text)
    requests, statuses, dealt = 0, Counter(), Counter()
    audits = 0
    while requests < REQUESTS / 2:
        with Chaos(f"{SEED} {audits}", faulty) as server:
            run = run_sipdrift("audit", path, "--api-url", server.url, "-q", "-j", "32", "--timeout", "1", "--deadline", "30",
                               "--report", f"json={tmp_path}/r.json", "--log-level", "off")
        assert run.status in (4, 6), run.out + run.err
        statuses += check(read_json(tmp_path / "r.json"), NUMBERS)
        requests += len(server.requests)
        dealt += server.dealt
        audits += 1
    print(f"\n{faulty:.0%} faults: {audits} audits, {requests} requests, {dict(statuses)}; {dict(dealt)}")
    assert statuses["in_sync"] > 0 and statuses["drifted"] > 0 and statuses["not_compared"] > 0
    assert set(dealt) >= {fault.__name__ for fault in FAULTS}
