"""The contender in Python: httpx, one call after the other or many at once.

Arguments and output are those of the contenders in Rust, see calling/driver.
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


def read_answer(response):
    """What was read, as the contenders in Rust tell it."""
    response.raise_for_status()
    answer = response.json()
    order = scores = text = 0
    for place, result in enumerate(answer["results"], start=1):
        index = result["index"] + 1
        order += place * index
        scores += round(result["relevance_score"] * 1e6) * index
        text += len(result.get("document", "").encode())
    count, tokens = len(answer["results"]), answer["usage"]["total_tokens"]
    return f"{count} results, order {order}, scores {scores}, text {text}, tokens {tokens}"


def peak_kib():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


class Calls:
    def __init__(self, url, request):
        self.url, self.request = url, request
        self.times, self.answer = [], None

    def note(self, start, response):
        answer = read_answer(response)
        self.times.append(time.perf_counter_ns() - start)
        assert self.answer in (None, answer), "two calls gave different answers"
        self.answer = answer

    def one_by_one(self, client, count):
        for _ in range(count):
            start = time.perf_counter_ns()
            self.note(start, client.post(self.url, headers=HEADERS, json=self.request))

    async def at_once(self, client, count, concurrency):
        left = iter(range(count))

        async def worker():
            for _ in left:
                start = time.perf_counter_ns()
                self.note(start, await client.post(self.url, headers=HEADERS, json=self.request))

        await asyncio.gather(*(worker() for _ in range(concurrency)))

    def report(self, count, wall, cpu):
        self.times.sort()
        at = lambda part: self.times[min(count * part // 100, count - 1)] if count else 0
        print(json.dumps({
            "calls": count, "wall_ns": wall, "cpu_ns": cpu, "p50_ns": at(50), "p99_ns": at(99),
            "peak_kib": peak_kib(), "answer": self.answer,
        }))


def settings():
    return {"timeout": None, "trust_env": False}


def run_one_by_one(calls, warm, count):
    with httpx.Client(**settings()) as client:
        calls.one_by_one(client, warm)
        calls.times.clear()
        gc.collect()
        cpu, wall = time.process_time_ns(), time.perf_counter_ns()
        calls.one_by_one(client, count)
        return time.perf_counter_ns() - wall, time.process_time_ns() - cpu


async def run_at_once(calls, warm, count, concurrency):
    limits = httpx.Limits(max_connections=concurrency, max_keepalive_connections=concurrency)
    async with httpx.AsyncClient(limits=limits, **settings()) as client:
        await calls.at_once(client, warm, concurrency)
        calls.times.clear()
        gc.collect()
        cpu, wall = time.process_time_ns(), time.perf_counter_ns()
        await calls.at_once(client, count, concurrency)
        return time.perf_counter_ns() - wall, time.process_time_ns() - cpu


def main():
    base_url, path, count, warm, concurrency, answers = sys.argv[1:]
    count, warm, concurrency = int(count), int(warm), int(concurrency)
    calls = Calls(f"{base_url}/paas/v4/rerank", read_case(path, answers == "documents"))
    if concurrency == 1:
        wall, cpu = run_one_by_one(calls, warm, count)
    else:
        wall, cpu = asyncio.run(run_at_once(calls, warm, count, concurrency))
    calls.report(count, wall, cpu)


main()
