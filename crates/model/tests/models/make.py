"""Makes the small models of the tests, and the scores that torch computes for them.

Run in this folder, with torch, transformers, tokenizers, onnx and onnxruntime installed:

    python make.py

Weights are random with a fixed seed, and larger than usual, so that scores differ clearly.
"""

import json
import pathlib
import shutil

import numpy
import onnx
import onnxruntime
import torch
import transformers
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.float16 import convert_float_to_float16
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

HERE = pathlib.Path(__file__).parent
WINDOW = 40
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789.,!?'-"
WORDS = "the of is tea green water hot capital city how what for and in to a it".split()
IDEOGRAPHS = "绿茶水温的首都法国是哪里中文"
LONG = "green tea is best with hot water in the city of paris, " * 12
CASES = [
    ("what is the capital", ["the capital is a city", "green tea", "it is hot"]),
    ("how hot is water for green tea", ["tea", "hot water for green tea", "a", LONG, "."]),
    ("绿茶的水温", ["绿茶", "水是绿的", "green 茶 in water", "首都是哪里"]),
    ("a", ["🙂", "👩\u200d💻 tea", "", " ", "tea"]),
    ("", ["tea", ""]),
    (LONG, ["tea", LONG, "the capital is a city, and it is hot in the capital of the tea"]),
]


def word_piece():
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *LETTERS, *("##" + c for c in LETTERS)]
    pieces += [word for word in WORDS if word not in pieces] + list(IDEOGRAPHS)
    vocabulary = {piece: index for index, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return tokenizer


def unigram():
    pieces = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -3.0)]
    pieces += [("▁" + word, -4.0 - index / 10) for index, word in enumerate(WORDS)]
    pieces += [(c, -6.0) for c in LETTERS + IDEOGRAPHS]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=3))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    return tokenizer


def byte_pairs():
    pieces = ["[PAD]", "[CLS]", "[SEP]", *sorted(pre_tokenizers.ByteLevel.alphabet()), "te", "tea"]
    vocabulary = {piece: index for index, piece in enumerate(pieces)}
    tokenizer = Tokenizer(models.BPE(vocabulary, [("t", "e"), ("te", "a")]))
    tokenizer.normalizer = normalizers.NFC()
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B [SEP]",
        special_tokens=[("[CLS]", 1), ("[SEP]", 2)],
    )
    return tokenizer


SHAPE = dict(
    hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32, num_labels=1
)


def bert(vocabulary, **more):
    return transformers.BertConfig(
        vocab_size=vocabulary, max_position_embeddings=WINDOW, **{**SHAPE, **more}
    )


def xlm_roberta(vocabulary):
    return transformers.XLMRobertaConfig(
        vocab_size=vocabulary,
        max_position_embeddings=WINDOW + 2,
        type_vocab_size=1,
        pad_token_id=1,
        bos_token_id=0,
        eos_token_id=2,
        **SHAPE,
    )


def modern_bert(vocabulary):
    return transformers.ModernBertConfig(
        vocab_size=vocabulary,
        max_position_embeddings=WINDOW,
        global_attn_every_n_layers=2,
        local_attention=16,
        pad_token_id=0,
        cls_token_id=1,
        sep_token_id=2,
        bos_token_id=1,
        eos_token_id=2,
        **SHAPE,
    )


class Named(torch.nn.Module):
    """Gives the inputs of the exported graph names, and returns one output."""

    def __init__(self, model, names, output):
        super().__init__()
        self.model, self.names, self.output = model, names, output

    def forward(self, *inputs):
        return getattr(self.model(**dict(zip(self.names, inputs))), self.output)


def cut_pair(tokenizer, query, document):
    """Returns ids and segments of a pair, cut as the crate documents it."""
    whole = tokenizer.encode(query, document)
    q = tokenizer.encode(query, add_special_tokens=False).ids
    d = tokenizer.encode(document, add_special_tokens=False).ids
    empty = tokenizer.encode("", "").ids
    room = WINDOW - len(empty)
    q = q[: room * 3 // 4]
    d = d[: room - len(q)]
    middle = len(empty) - 1
    ids = empty[:1] + q + empty[1:middle] + d + empty[middle:]
    segments = [0] * (len(q) + 2) + [1] * (len(ids) - len(q) - 2)
    return ids, segments if max(whole.type_ids) else [0] * len(ids)


def cut_single(tokenizer, text):
    ids = tokenizer.encode(text, add_special_tokens=False).ids
    empty = tokenizer.encode("").ids
    ids = empty[:1] + ids[: WINDOW - 2] + empty[1:]
    return ids, [0] * len(ids)


def tensors(ids, segments, names):
    values = {
        "input_ids": ids,
        "attention_mask": [1] * len(ids),
        "token_type_ids": segments,
        # XLM-RoBERTa counts from 2.
        "position_ids": list(range(2, 2 + len(ids))),
    }
    return [torch.tensor([values[name]]) for name in names]


def export(folder, tokenizer, config, model, names, output, opset):
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "onnx").mkdir(parents=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    config.architectures = [type(model).__name__]
    (folder / "config.json").write_text(config.to_json_string())
    named = Named(model, names, output).eval()
    axes = {name: {0: "batch", 1: "sequence"} for name in names} | {output: {0: "batch"}}
    path = folder / "onnx" / "model.onnx"
    torch.onnx.export(
        named,
        tuple(tensors([0] * 7, [0] * 7, names)),
        str(path),
        input_names=names,
        output_names=[output],
        dynamic_axes=axes,
        opset_version=opset,
        dynamo=False,
    )
    graph = onnx.load(path)
    for node in graph.graph.node:
        node.doc_string = ""
    onnx.save(graph, path)
    return named


def seeded(model):
    generator = torch.Generator().manual_seed(7)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() > 1:
                parameter.normal_(0.0, 0.35, generator=generator)
    return model.eval()


def cross_encoder(name, tokenizer, config, kind, names, opset):
    config._attn_implementation = "eager"
    model = seeded(kind(config))
    folder = HERE / name
    named = export(folder, tokenizer, config, model, names, "logits", opset)
    cases = []
    for query, documents in CASES:
        pairs = [cut_pair(tokenizer, query, document) for document in documents]
        with torch.no_grad():
            scores = [named(*tensors(*pair, names)).item() for pair in pairs]
        cases.append({"query": query, "documents": documents, "scores": scores})
    (folder / "expected.json").write_text(json.dumps(cases, indent=1) + "\n")


def embedding(name, tokenizer, names):
    config = bert(tokenizer.get_vocab_size())
    config._attn_implementation = "eager"
    model = seeded(transformers.BertModel(config, add_pooling_layer=False))
    folder = HERE / name
    named = export(folder, tokenizer, config, model, names, "last_hidden_state", 14)
    prefix = "sentence_transformers.models."
    modules = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    modules = [{"path": path, "type": prefix + kind} for path, kind in modules]
    (folder / "modules.json").write_text(json.dumps(modules))
    (folder / "1_Pooling").mkdir()
    pooling = {"word_embedding_dimension": 16, "pooling_mode_mean_tokens": True}
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(pooling))
    prompts = {"prompts": {"query": "query: ", "document": "passage: "}}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(prompts))

    def embed(text):
        with torch.no_grad():
            states = named(*tensors(*cut_single(tokenizer, text), names))
        return states.mean(dim=1)

    cases = []
    for query, documents in CASES:
        asked = embed("query: " + query)
        scores = [
            torch.nn.functional.cosine_similarity(asked, embed("passage: " + document)).item()
            for document in documents
        ]
        cases.append({"query": query, "documents": documents, "scores": scores})
    (folder / "expected.json").write_text(json.dumps(cases, indent=1) + "\n")


def other_precisions(name):
    """Writes the graph of a folder in 16 bits, in 8 bits, and with its weights in another file."""
    folder = HERE / name / "onnx"
    graph = onnx.load(folder / "model.onnx")
    onnx.save(convert_float_to_float16(graph, keep_io_types=True), folder / "model_fp16.onnx")
    quantize_dynamic(
        folder / "model.onnx", folder / "model_int8.onnx", weight_type=QuantType.QInt8,
        per_channel=True, op_types_to_quantize=["MatMul"],
    )
    graph = onnx.load(folder / "model.onnx")
    onnx.save(
        graph, folder / "model_external.onnx", save_as_external_data=True,
        location="model_external.onnx_data", size_threshold=256,
    )


def int8_scores(name, tokenizer, names):
    """Computes the scores of the graph in 8 bits by ONNX Runtime: those of torch differ from them."""
    session = onnxruntime.InferenceSession(HERE / name / "onnx" / "model_int8.onnx")
    cases = []
    for query, documents in CASES:
        scores = []
        for document in documents:
            inputs = tensors(*cut_pair(tokenizer, query, document), names)
            inputs = {key: value.numpy().astype(numpy.int64) for key, value in zip(names, inputs)}
            scores.append(session.run(["logits"], inputs)[0].item())
        cases.append({"query": query, "documents": documents, "scores": scores})
    (HERE / name / "expected_int8.json").write_text(json.dumps(cases, indent=1) + "\n")


IDS = ["input_ids", "attention_mask"]
SEGMENTS = [*IDS, "token_type_ids"]
pieces = word_piece()
cross_encoder(
    "bert", pieces, bert(pieces.get_vocab_size()),
    transformers.BertForSequenceClassification, SEGMENTS, 14,
)
other_precisions("bert")
int8_scores("bert", pieces, SEGMENTS)
embedding("embedding", pieces, SEGMENTS)
two = bert(pieces.get_vocab_size(), num_labels=2, num_hidden_layers=1)
two._attn_implementation = "eager"
export(
    HERE / "two-labels", pieces, two,
    seeded(transformers.BertForSequenceClassification(two)), SEGMENTS, "logits", 14,
)
pieces = unigram()
cross_encoder(
    "xlm-roberta", pieces, xlm_roberta(pieces.get_vocab_size()),
    transformers.XLMRobertaForSequenceClassification, IDS, 14,
)
cross_encoder(
    "positions", pieces, xlm_roberta(pieces.get_vocab_size()),
    transformers.XLMRobertaForSequenceClassification, [*IDS, "position_ids"], 14,
)
pieces = byte_pairs()
cross_encoder(
    "modernbert", pieces, modern_bert(pieces.get_vocab_size()),
    transformers.ModernBertForSequenceClassification, IDS, 18,
)
