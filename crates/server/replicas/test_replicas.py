"""Replicas of `rerank serve` behind nginx, with the configuration of docs/beyond-one-machine.md.

usage: test_replicas.py RERANK NGINX DOCUMENT

Eight callers send requests. One replica is stopped by SIGTERM, started again, and then the other one
is. No request may fail, and each replica must end by itself with exit code 0.
"""

import http.client
import json
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

CALLERS = 8
PATIENCE = 60
PATH = "/api/paas/v4/rerank"
BODY = json.dumps(
    {
        "model": "rerank",
        "query": "capital of France",
        "documents": [f"Text {number} is about rivers and towns. " * 40 for number in range(64)],
    }
)


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Replica:
    """A server with a port of its own."""

    def __init__(self, program):
        self.program = program
        self.address = f"127.0.0.1:{free_port()}"
        self.start()

    def start(self):
        options = ["--listen", self.address, "--address-share", "100", "--log", "warn"]
        self.process = subprocess.Popen(
            [self.program, "serve", *options], stdout=subprocess.PIPE, text=True
        )
        while "Ctrl-C" not in (line := self.process.stdout.readline()):
            assert line, "the replica ended"

    def stop(self):
        """Stops it as an orchestrator does, and waits until it has ended."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE)
        assert code == 0, f"exit code {code}"


class Callers:
    """Send requests one after the other, until they are stopped."""

    def __init__(self, port):
        self.port = port
        self.is_stopped = threading.Event()
        self.lock = threading.Lock()
        self.answered = 0
        self.failures = []
        self.threads = [threading.Thread(target=self.call) for _ in range(CALLERS)]
        for thread in self.threads:
            thread.start()

    def call(self):
        while not self.is_stopped.is_set():
            try:
                self.request()
            except Exception as error:  # Whatever it is, the request failed.
                self.failures.append(repr(error))
                continue
            with self.lock:
                self.answered += 1

    def request(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("POST", PATH, BODY, {"Content-Type": "application/json"})
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        if response.status != 200 or len(json.loads(body)["results"]) != 64:
            raise ValueError(f"{response.status}: {body[:200]}")

    def wait(self, requests):
        """Waits until so many more requests are answered."""
        begin, count = time.monotonic(), self.answered
        while self.answered < count + requests:
            assert time.monotonic() < begin + PATIENCE, self.failures[:3]
            time.sleep(0.05)

    def stop(self):
        self.is_stopped.set()
        for thread in self.threads:
            thread.join()
        return self.answered


def configuration(document, replicas, port, folder):
    """The configuration in the document, with other addresses."""
    text = re.search(r"```nginx\n(.*?)```", document.read_text(), re.DOTALL)[1]
    found = re.findall(r"server (\S+) max_fails", text)
    assert len(found) == len(replicas), found
    for address, replica in zip(found, replicas):
        text = text.replace(address, replica.address)
    assert "listen 8080;" in text
    text = text.replace("listen 8080;", f"listen 127.0.0.1:{port};")
    head = f"daemon off;\npid {folder}/pid;\nerror_log {folder}/errors;\nevents {{}}\n"
    # The log of nginx says which replica answered.
    log = f"log_format replica '$upstream_addr $status';\n    access_log {folder}/requests replica;"
    return head + text.replace("http {", "http {\n    " + log, 1)


def main(rerank, nginx, document):
    replicas = [Replica(rerank), Replica(rerank)]
    with tempfile.TemporaryDirectory() as folder:
        # The workers of nginx may be another user's.
        pathlib.Path(folder).chmod(0o755)
        port = free_port()
        config = pathlib.Path(folder, "nginx.conf")
        config.write_text(configuration(pathlib.Path(document), replicas, port, folder))
        proxy = subprocess.Popen([nginx, "-p", folder, "-c", config])
        try:
            for _ in range(PATIENCE * 10):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            callers = Callers(port)
            callers.wait(40)
            for replica in replicas:
                replica.stop()
                callers.wait(40)
                replica.start()
                # nginx sends requests to it again after fail_timeout.
                time.sleep(6)
                callers.wait(40)
            answered = callers.stop()
            log = pathlib.Path(folder, "requests").read_text().splitlines()
        finally:
            proxy.terminate()
            proxy.wait()
    for replica in replicas:
        replica.stop()
        count = sum(replica.address in line for line in log)
        print(f"{replica.address} answered or refused {count} requests")
        assert count > 0
    assert not callers.failures, f"{len(callers.failures)} failed: {callers.failures[:3]}"
    print(f"{answered} requests, none failed; each replica was stopped once")


if __name__ == "__main__":
    main(*sys.argv[1:])
