// Ranks with the clients of npm: `node clients.mjs URL KEY`.
import assert from "node:assert/strict";
import { createCohere } from "@ai-sdk/cohere";
import { rerank } from "ai";
import { CohereClient, CohereClientV2, CohereError } from "cohere-ai";

const [url, key] = process.argv.slice(2);
const query = "green tea";
const documents = ["black coffee", "green tea from Japan", "tea"];
const best = [1, 2];
const options = { token: key, environment: url, baseUrl: url };

const checks = {
  async "cohere-ai, version 1"() {
    const { results, meta } = await new CohereClient(options).rerank({
      model: "rerank-v3.5", query, documents, topN: 2, returnDocuments: true,
    });
    assert.deepEqual(results.map((result) => result.index), best);
    assert.equal(results[0].document.text, documents[1]);
    assert.equal(meta.billedUnits.searchUnits, 1);
  },
  async "cohere-ai, version 2"() {
    const { id, results } = await new CohereClientV2(options).rerank({
      model: "any-name", query, documents, topN: 2,
    });
    assert.ok(id);
    assert.deepEqual(results.map((result) => result.index), best);
    assert.ok(results[0].relevanceScore > results[1].relevanceScore);
  },
  async "cohere-ai reports errors"() {
    const failing = new CohereClientV2(options).rerank({ model: "m", query, documents: [] });
    await assert.rejects(failing, (error) => {
      assert.ok(error instanceof CohereError);
      assert.equal(error.statusCode, 400);
      assert.match(error.body.message, /documents/);
      return true;
    });
  },
  async "ai with @ai-sdk/cohere"() {
    const cohere = createCohere({ apiKey: key, baseURL: `${url}/v2` });
    const { ranking } = await rerank({
      model: cohere.reranking("rerank-v3.5"), query, documents, topN: 2,
    });
    assert.deepEqual(ranking.map((one) => one.originalIndex), best);
    assert.equal(ranking[0].document, documents[1]);
  },
};

for (const [name, check] of Object.entries(checks)) {
  await check();
  console.log(`ok ${name}`);
}
