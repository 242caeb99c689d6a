"""A typical hand-written loop in Python: `loop.py URL QUERY FILE CONCURRENCY`.

Reads one document per line, sends 128 per request, merges by raw score, and prints rank, score,
index and text, separated by tabs.
"""

import asyncio
import sys

import httpx


async def main():
    url, query, path, concurrency = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        documents = file.read().splitlines()
    ranked = []
    starts = iter(range(0, len(documents), 128))
    limits = httpx.Limits(max_connections=int(concurrency))

    async def worker(client):
        for start in starts:
            request = {
                "model": "rerank",
                "query": query,
                "documents": documents[start : start + 128],
                "return_raw_scores": True,
            }
            response = await client.post(f"{url}/paas/v4/rerank", json=request)
            for result in response.raise_for_status().json()["results"]:
                ranked.append((result["relevance_score"], start + result["index"]))

    async with httpx.AsyncClient(limits=limits, timeout=None, trust_env=False) as client:
        await asyncio.gather(*(worker(client) for _ in range(int(concurrency))))
    ranked.sort(key=lambda one: -one[0])
    lines = (f"{rank}\t{score}\t{at}\t{documents[at]}" for rank, (score, at) in enumerate(ranked, 1))
    print("\n".join(lines))


asyncio.run(main())
