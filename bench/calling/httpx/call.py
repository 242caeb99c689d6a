"""The Python contender: httpx, with sequential or concurrent calls.

Arguments and output are those of the Rust contenders, see calling/driver.
"""

import asyncio
import gc
import json
import sys
import time

import httpx

KEY = "0123456789abcdef.fedcba9876543210"
REQUEST_ID = "6f6c2a52-98ac-4d53-8bd6-0c0ad4f7f0de"
HEADERS = {"Authorization": f"Bearer {KEY}"}


def read_case(path, with_documents):
    with open(path, encoding="utf-8", newline="") as file:
        query, *documents = file.read().split("\x1e")
    request = {"model": "rerank", "query": query, "documents": documents, "request_id": REQUEST_ID}
    if with_documents:
        request["return_documents"] = True
    return request


def summarize(response):
    """Returns the summary that the Rust contenders print."""
    response.raise_for_status()
    body = response.json()
    order = scores = text = 0
    for rank, result in enumerate(body["results"], start=1):
        index = result["index"] + 1
        order += rank * index
        scores += round(result["relevance_score"] * 1e6) * index
        text += len(result.get("document", "").encode())
    count, tokens = len(body["results"]), body["usage"]["total_tokens"]
    return f"{count} results, order {order}, scores {scores}, text {text}, tokens {tokens}"


def peak_kib():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


class Calls:
    def __init__(self, url, request):
        self.url, self.request = url, request
        self.times, self.summary = [], None

    def record(self, start, response):
        summary = summarize(response)
        self.times.append(time.perf_counter_ns() - start)
        assert self.summary in (None, summary), "two calls returned different responses"
        self.summary = summary

    def sequentially(self, client, count):
        for _ in range(count):
            start = time.perf_counter_ns()
            self.record(start, client.post(self.url, headers=HEADERS, json=self.request))

    async def concurrently(self, client, count, concurrency):
        left = iter(range(count))

        async def worker():
            for _ in left:
                start = time.perf_counter_ns()
                self.record(start, await client.post(self.url, headers=HEADERS, json=self.request))

        await asyncio.gather(*(worker() for _ in range(concurrency)))

    def report(self, count, wall, cpu):
        self.times.sort()
        percentile = lambda percent: self.times[min(count * percent // 100, count - 1)] if count else 0
        print(json.dumps({
            "calls": count, "wall_ns": wall, "cpu_ns": cpu, "p50_ns": percentile(50), "p99_ns": percentile(99),
            "peak_kib": peak_kib(), "response": self.summary,
        }))


def settings():
    return {"timeout": None, "trust_env": False}


def run_sequentially(calls, warm, count):
    with httpx.Client(**settings()) as client:
        calls.sequentially(client, warm)
        calls.times.clear()
        gc.collect()
        cpu, wall = time.process_time_ns(), time.perf_counter_ns()
        calls.sequentially(client, count)
        return time.perf_counter_ns() - wall, time.process_time_ns() - cpu


async def run_concurrently(calls, warm, count, concurrency):
    limits = httpx.Limits(max_connections=concurrency, max_keepalive_connections=concurrency)
    async with httpx.AsyncClient(limits=limits, **settings()) as client:
        await calls.concurrently(client, warm, concurrency)
        calls.times.clear()
        gc.collect()
        cpu, wall = time.process_time_ns(), time.perf_counter_ns()
        await calls.concurrently(client, count, concurrency)
        return time.perf_counter_ns() - wall, time.process_time_ns() - cpu


def main():
    base_url, path, count, warm, concurrency, responses = sys.argv[1:]
    count, warm, concurrency = int(count), int(warm), int(concurrency)
    calls = Calls(f"{base_url}/paas/v4/rerank", read_case(path, responses == "documents"))
    if concurrency == 1:
        wall, cpu = run_sequentially(calls, warm, count)
    else:
        wall, cpu = asyncio.run(run_concurrently(calls, warm, count, concurrency))
    calls.report(count, wall, cpu)


main()
