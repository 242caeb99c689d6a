"""ONNX Runtime: `run.py HOW …`, with the arguments and the output of the Rust contenders, see driver.

HOW is `single` (one text a run), `padded` (batches of 32 texts in their order, padded to the longest)
or `sorted` (batches of 32 texts of similar length).
"""

import json
import pathlib
import sys
import time

import numpy
import onnxruntime
from tokenizers import Tokenizer

BATCH = 32


class Model:
    def __init__(self, how, folder, file, tokens, threads):
        folder = pathlib.Path(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self.how = how
        providers = ["CPUExecutionProvider"]
        self.session = onnxruntime.InferenceSession(str(folder / file), options, providers=providers)
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(tokens)
        self.tokenizer.no_padding()

    def embed(self, encodings):
        """Returns the embeddings of a batch."""
        length = max(len(one.ids) for one in encodings)
        inputs = {
            name: numpy.zeros((len(encodings), length), numpy.int64)
            for name in ["input_ids", "attention_mask", "token_type_ids"]
        }
        for row, one in enumerate(encodings):
            inputs["input_ids"][row, : len(one.ids)] = one.ids
            inputs["attention_mask"][row, : len(one.ids)] = 1
        (states,) = self.session.run(["last_hidden_state"], inputs)
        mask = inputs["attention_mask"][:, :, None].astype(numpy.float32)
        mean = (states * mask).sum(1) / mask.sum(1)
        return mean / numpy.linalg.norm(mean, axis=1, keepdims=True)

    def score(self, query, documents):
        (asked,) = self.embed([self.tokenizer.encode(query)])
        if self.how == "single":
            return [float(self.embed([self.tokenizer.encode(one)])[0] @ asked) for one in documents]
        encodings = self.tokenizer.encode_batch(documents)
        order = range(len(documents))
        if self.how == "sorted":
            order = sorted(order, key=lambda index: -len(encodings[index].ids))
        scores = [0.0] * len(documents)
        for start in range(0, len(documents), BATCH):
            indices = order[start : start + BATCH]
            embeddings = self.embed([encodings[index] for index in indices])
            for index, score in zip(indices, embeddings @ asked):
                scores[index] = float(score)
        return scores


def peak_kib():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


def speed(model, load, texts, count):
    with open(texts, encoding="utf-8", newline="") as file:
        query, *documents = file.read().split("\x1e")
    scores = model.score(query, documents)
    start, cpu = time.perf_counter(), time.process_time()
    for _ in range(int(count)):
        model.score(query, documents)
    outcome = {
        "load": load,
        "seconds": time.perf_counter() - start,
        "cpu": time.process_time() - cpu,
        "peak_kib": peak_kib(),
        "scores": scores,
    }
    print(json.dumps(outcome))


def quality(model, _, labelled):
    with open(labelled, encoding="utf-8") as file:
        for line in file:
            one = json.loads(line)
            scores = model.score(one["query"], [each["text"] for each in one["candidates"]])
            print(json.dumps(sorted(range(len(scores)), key=lambda index: -scores[index])))


def main():
    how, task, folder, file, tokens, threads, *rest = sys.argv[1:]
    start = time.perf_counter()
    model = Model(how, folder, file, int(tokens), int(threads))
    load = time.perf_counter() - start
    {"speed": speed, "quality": quality}[task](model, load, *rest)


main()
