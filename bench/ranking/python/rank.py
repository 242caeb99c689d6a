"""The Python contenders: `rank.py WHO speed TEXTS COUNT`, or `rank.py WHO quality LABELLED`.

Arguments and output are those of the Rust contenders, see ranking/driver.
"""

import json
import logging
import sys
import time


def rank_bm25(tokenize):
    """rank-bm25 with a given tokenizer, because it has none."""
    from rank_bm25 import BM25Okapi

    def rank(query, documents):
        corpus = [tokenize(text) for text in documents]
        if not any(corpus):
            return list(range(len(documents)))
        scores = BM25Okapi(corpus).get_scores(tokenize(query))
        return (-scores).argsort(kind="stable").tolist()

    return rank


def split(text):
    return text.lower().split()


def jieba_words():
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    return lambda text: [word for word in jieba.lcut(text.lower()) if not word.isspace()]


def bm25s():
    """bm25s with its own tokenizer and stop words, and the stemmer that it recommends."""
    import bm25s as library
    import Stemmer

    stemmer = Stemmer.Stemmer("english")

    def rank(query, documents):
        tokens = library.tokenize(documents, stopwords="en", stemmer=stemmer, show_progress=False)
        if not tokens.vocab:
            return list(range(len(documents)))
        retriever = library.BM25()
        retriever.index(tokens, show_progress=False)
        wanted = library.tokenize([query], stopwords="en", stemmer=stemmer, show_progress=False)
        found, _ = retriever.retrieve(wanted, k=len(documents), show_progress=False)
        return found[0].tolist()

    return rank


WHO = {
    "rank-bm25": lambda: rank_bm25(split),
    "rank-bm25, jieba": lambda: rank_bm25(jieba_words()),
    "bm25s": bm25s,
}


def peak_kib():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


def speed(rank, texts, count):
    with open(texts, encoding="utf-8", newline="") as file:
        query, *documents = file.read().split("\x1e")
    assert len(rank(query, documents)) == len(documents)
    start = time.perf_counter()
    for _ in range(int(count)):
        rank(query, documents)
    print(json.dumps({"seconds": time.perf_counter() - start, "peak_kib": peak_kib()}))


def quality(rank, labelled):
    with open(labelled, encoding="utf-8") as file:
        for line in file:
            one = json.loads(line)
            print(json.dumps(rank(one["query"], [each["text"] for each in one["candidates"]])))


def main():
    who, task, *rest = sys.argv[1:]
    rank = WHO[who]()
    {"speed": speed, "quality": quality}[task](rank, *rest)


main()
