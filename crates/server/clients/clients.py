"""Ranks with the clients of PyPI: `python clients.py URL KEY`."""

import os
import sys

# Clients would ask for the list of prices of models, and count calls, on the internet.
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
os.environ["LITELLM_TELEMETRY"] = "False"

import cohere
import litellm
from langchain_cohere import CohereRerank as LangchainCohere
from langchain_core.documents import Document
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from llama_index.postprocessor.cohere_rerank import CohereRerank
from llama_index.postprocessor.jinaai_rerank import JinaRerank
from llama_index.postprocessor.tei_rerank import TextEmbeddingInference

URL, KEY = sys.argv[1:]
QUERY = "green tea"
TEXTS = ["black coffee", "green tea from Japan", "tea"]
BEST = [1, 2]


def assert_equal(found, expected):
    assert found == expected, f"expected {expected!r}, found {found!r}"


def indices(results):
    return [result.index for result in results]


def cohere_v1():
    client = cohere.Client(KEY, base_url=URL)
    response = client.rerank(
        model="rerank-v3.5", query=QUERY, documents=TEXTS, top_n=2, return_documents=True
    )
    assert_equal(indices(response.results), BEST)
    assert_equal(response.results[0].document.text, TEXTS[1])
    assert_equal(response.meta.billed_units.search_units, 1)


def cohere_v1_fields():
    client = cohere.Client(KEY, base_url=URL)
    documents = [{"title": text, "text": "x"} for text in TEXTS]
    response = client.rerank(query=QUERY, documents=documents, rank_fields=["title"], top_n=2)
    assert_equal(indices(response.results), BEST)


def cohere_v2():
    client = cohere.ClientV2(KEY, base_url=URL)
    response = client.rerank(model="any-name", query=QUERY, documents=TEXTS, top_n=2)
    assert_equal(indices(response.results), BEST)
    assert response.id


def cohere_errors():
    client = cohere.ClientV2("wrong", base_url=URL)
    try:
        client.rerank(model="any-name", query=QUERY, documents=TEXTS)
    except cohere.UnauthorizedError as error:
        assert "key" in error.body["message"], error.body
        return
    raise AssertionError("a wrong key is accepted")


def langchain_cohere():
    reranker = LangchainCohere(
        model="rerank-v3.5", cohere_api_key=KEY, base_url=URL, top_n=2
    )
    documents = [Document(page_content=text) for text in TEXTS]
    ranked = reranker.compress_documents(documents, QUERY)
    assert_equal([one.page_content for one in ranked], [TEXTS[index] for index in BEST])


def with_llama_index(reranker):
    nodes = [NodeWithScore(node=TextNode(text=text), score=0) for text in TEXTS]
    ranked = reranker.postprocess_nodes(nodes, query_bundle=QueryBundle(QUERY))
    assert_equal([one.node.text for one in ranked], [TEXTS[index] for index in BEST])
    assert ranked[0].score > ranked[1].score


def llama_index_cohere():
    with_llama_index(CohereRerank(model="rerank-v3.5", api_key=KEY, base_url=URL, top_n=2))


def llama_index_jina():
    with_llama_index(
        JinaRerank(
            model="jina-reranker-v2-base-multilingual",
            api_key=KEY,
            base_url=f"{URL}/v1",
            top_n=2,
        )
    )


def llama_index_tei():
    with_llama_index(
        TextEmbeddingInference(
            base_url=URL, auth_token=f"Bearer {KEY}", model_name="any-name", top_n=2
        )
    )


def with_litellm(model, expected=BEST):
    response = litellm.rerank(
        model=model, query=QUERY, documents=TEXTS, top_n=2, api_key=KEY, api_base=URL
    )
    assert_equal([result["index"] for result in response.results], expected)


def litellm_cohere():
    with_litellm("cohere/rerank-v3.5")


def litellm_jina():
    with_litellm("jina_ai/jina-reranker-v2-base-multilingual")


def litellm_tei():
    # TEI returns all texts, and LiteLLM does not cut them.
    with_litellm("huggingface/any-name", [*BEST, 0])


for check in [
    cohere_v1,
    cohere_v1_fields,
    cohere_v2,
    cohere_errors,
    langchain_cohere,
    llama_index_cohere,
    llama_index_jina,
    llama_index_tei,
    litellm_cohere,
    litellm_jina,
    litellm_tei,
]:
    check()
    print("ok", check.__name__)
