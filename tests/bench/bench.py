"""sipdrift, curl and h2load against one nginx, in turns: what a whole audit costs.

The figures of one run can be compared with each other, and with no other run's.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "program"))
from servers import Certificates, Nginx

SIPDRIFT = os.environ["SIPDRIFT_PROGRAM"]
HERE = Path(__file__).resolve().parent
ROUNDS = int(os.environ.get("ROUNDS", "5"))
RATE = 200  # requests a second that the limited API allows
SYSTEM_CAS = Path("/etc/ssl/certs/ca-certificates.crt")
FIRST = 14150000000

MANIFEST = """version: 1
profiles:
  acme:
    inbound: { auth_mode: ip }
    outbound: { sip_endpoint: "sip:trunk.provider.com", transport: tls, port: 5061, secure_media: true }
numbers:
"""


class Cost:
    """What one run of a command took."""

    def __init__(self, wall, cpu, rss_mb):
        self.wall = wall
        self.cpu = cpu
        self.rss_mb = rss_mb


def run(command, ok=(0,)):
    """Runs a shell command; its cost holds that of everything it started."""
    begun = time.monotonic()
    process = subprocess.Popen(["bash", "-c", command], env=os.environ | {"BLAND_API_KEY": "bench"})
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in ok:
        sys.exit(f"exit status {process.returncode}: {command}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def in_turns(commands, rounds=ROUNDS):
    """Every command once a round, so that a slow minute slows all of them; a dict of lists."""
    costs = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            costs[name].append(run(command))
    return costs


def figure(values, digits=2):
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def wall(costs):
    return [cost.wall for cost in costs]


def median_wall(costs):
    return statistics.median(wall(costs))


def median_cpu(costs):
    return statistics.median(cost.cpu for cost in costs)


class Bench:
    def __init__(self, folder):
        self.folder = folder
        certificates = Certificates(folder)
        # Behind all that Debian trusts: so that every client has the whole bundle to look through.
        (folder / "bundle.pem").write_text(SYSTEM_CAS.read_text() + certificates.ca.read_text())
        self.nginx = Nginx(folder, HERE / "nginx.conf.in", ("plain_port", "tls_port"), rate=RATE)
        self.plain, self.tls = self.nginx.plain_port, self.nginx.tls_port

    def audit(self, count, url, concurrency, more=""):
        manifest = self.folder / f"{count}.yaml"
        if not manifest.exists():
            last = FIRST + count - 1
            blocks = [(start, min(start + 99_999, last)) for start in range(FIRST, last + 1, 100_000)]
            manifest.write_text(MANIFEST + "".join(
                f'  - {{ range: "+{start}..+{end}", profile: acme }}\n' for start, end in blocks
            ))
        return (f"{SIPDRIFT} audit {manifest} --api-url {url} --ca-file {self.folder}/ca.pem -j {concurrency} -q "
                f"--report json={self.folder}/r.json --report junit={self.folder}/r.xml {more}")

    def curl(self, count, url, concurrency, pipe):
        """curl with a list of URLs, as numbers come in no order that a glob could tell of."""
        listed = self.folder / f"{count}-{url.replace('/', '_')}-{'o' if pipe else 'null'}.curl"
        if not listed.exists():
            output = "" if pipe else "output = /dev/null\n"
            listed.write_text("".join(
                f'url = "{url}/v1/sip?phone_number=%2B{number}"\n{output}' for number in range(FIRST, FIRST + count)
            ))
        return (f"curl -sS --no-progress-meter -Z --parallel-max {concurrency} --cacert {self.folder}/bundle.pem "
                f"-H 'Authorization: Bearer bench' -K {listed} {pipe}")

    def latency(self, url):
        """Of one request at a time over a kept connection, in seconds: the median of forty."""
        numbers = f"{str(FIRST)[:-2]}[00-39]"
        times = subprocess.run(
            ["curl", "-sS", "-o", "/dev/null", "-w", "%{stderr}%{time_total}\n", "--cacert", f"{self.folder}/bundle.pem",
             "-H", "Authorization: Bearer bench", f"{url}/v1/sip?phone_number=%2B{numbers}"],
            capture_output=True, text=True, check=True).stderr
        return statistics.median(float(time) for time in times.split())

    def h2load(self, count, url, clients, streams):
        return (f"h2load -n {count} -c {clients} -m {streams} -H 'Authorization: Bearer bench' "
                f"'{url}/v1/sip?phone_number=%2B{FIRST}' >/dev/null")

    # ---- The measurements --------------------------------------------------------------------

    def many_at_once(self):
        count, url = 10_000, f"https://127.0.0.1:{self.tls}/slow"
        costs = in_turns({
            "sipdrift": self.audit(count, url, 256),
            "curl": self.curl(count, url, 256, "| jq . | sort > /dev/null"),
            "h2load": self.h2load(count, url, 4, 64),
        })
        title(f"{count:,} numbers over verified TLS, 50 ms to think, 256 at once")
        rows(costs, count)
        ratio("rate, of curl -Z | jq | sort", median_wall(costs["curl"]) / median_wall(costs["sipdrift"]), ">= 3")
        ratio("CPU, of the same", median_cpu(costs["sipdrift"]) / median_cpu(costs["curl"]), "<= 0.25")
        ratio("rate, of h2load", median_wall(costs["h2load"]) / median_wall(costs["sipdrift"]), ">= 0.95")

    def some_at_once(self):
        count, url = 10_000, f"https://127.0.0.1:{self.tls}/slow"
        costs = in_turns({
            "sipdrift": self.audit(count, url, 64),
            "h2load": self.h2load(count, url, 1, 64),
        }, max(ROUNDS // 2, 1))
        title("The same, 64 at once")
        rows(costs, count)
        ratio("rate, of h2load", median_wall(costs["h2load"]) / median_wall(costs["sipdrift"]), ">= 0.95")
        latency = self.latency(url)
        print(f"  one request at a time takes {1000 * latency:.1f} ms")
        ratio("rate, of 64 / latency", count / median_wall(costs["sipdrift"]) / (64 / latency), ">= 0.95")

    def as_fast_as_it_goes(self):
        count, url = 20_000, f"http://127.0.0.1:{self.plain}"
        costs = in_turns({
            "sipdrift": self.audit(count, url, 64),
            "curl": self.curl(count, url, 64, ""),
        })
        title(f"{count:,} numbers over plain HTTP, nothing to think, 64 at once")
        rows(costs, count)
        ratio("rate, of curl -Z", median_wall(costs["curl"]) / median_wall(costs["sipdrift"]), ">= 1.5")
        ratio("CPU, of curl -Z", median_cpu(costs["sipdrift"]) / median_cpu(costs["curl"]), "<= 0.8")

    def many_and_one(self):
        url = f"https://127.0.0.1:{self.tls}"
        costs = in_turns({
            "20,000": self.audit(20_000, url, 64),
            "200,000": self.audit(200_000, url, 64),
        }, max(ROUNDS // 2, 1))
        title("How the cost grows")
        for name, of in costs.items():
            print(f"  {name + ' numbers':18} {figure(wall(of))} s, peak {max(c.rss_mb for c in of):.0f} MB")
        ratio("CPU a number, 200,000 to 20,000",
              median_cpu(costs["200,000"]) / 10 / median_cpu(costs["20,000"]), "<= 1.2")
        ratio("peak memory at 200,000, in MB", max(c.rss_mb for c in costs["200,000"]), "<= 250")
        one = in_turns({"sipdrift": self.audit(1, url, 16), "curl": self.curl(1, url, 1, "")},
                       4 * ROUNDS)
        title("One number")
        for name, of in one.items():
            print(f"  {name:18} {figure([1000 * c.wall for c in of], 0)} ms")
        ratio("wall time, of curl", median_wall(one["sipdrift"]) / median_wall(one["curl"]), "<= 1.5")

    def a_limited_api(self):
        count, url = 30 * RATE, f"http://127.0.0.1:{self.plain}/limited"
        title(f"{count:,} numbers, and an API that allows {RATE} requests a second")
        cost = run(self.audit(count, url, 64))
        fetch = json.loads((self.folder / "r.json").read_text())["run"]["fetch"]
        refused = sum(fetch["retries"].values())
        print(f"  sipdrift           {cost.wall:.1f} s, {refused} of {fetch['requests']:,} requests refused")
        ratio("time, of numbers / rate", cost.wall / (count / RATE), "<= 1.1")
        ratio("refused, of all numbers", refused / count, "<= 0.05")


def title(text):
    print(f"\n{text}")


def rows(costs, count):
    for name, of in costs.items():
        cpu = figure([1e6 * c.cpu / count for c in of], 0)
        print(f"  {name:18} {figure([count / c.wall for c in of], 0)} numbers/s, {cpu} us CPU each, "
              f"peak {max(c.rss_mb for c in of):.0f} MB")


def ratio(what, value, wanted):
    print(f"    {what:34} {value:6.2f}   wanted {wanted}")


def main():
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, medians of {ROUNDS} rounds (least to most)")
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # nginx' worker is another user
        bench = Bench(Path(folder))
        try:
            for measure in (bench.many_at_once, bench.some_at_once, bench.as_fast_as_it_goes,
                            bench.many_and_one, bench.a_limited_api):
                measure()
                sys.stdout.flush()
        finally:
            bench.nginx.stop()


if __name__ == "__main__":
    main()
