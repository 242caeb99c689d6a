// The page of the local endpoint: sends the request in the form, shows the ranking, and shows the
// same call as curl and as Rust. Input and responses go into the page as text, never as HTML.
//
// The server puts `"use strict"`, `CONTRACT`, the facts of the contract, and `SCORER`, what ranks, in
// front of this file.

const ENDPOINT = location.origin + CONTRACT.rerankPath;

const byId = (id) => document.getElementById(id);
const form = { query: byId("query"), documents: byId("documents"), topN: byId("top-n"), raw: byId("raw"), key: byId("key") };
const shortcut = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘ Enter" : "Ctrl Enter";

let texts = TEXTS.en;
let shownTab = "curl";
// The state of the results area; `call` in it is the request that was sent.
let view = { state: "empty" };
// Aborts the call in flight, if any.
let inFlight = null;

// ---- The request, in three equivalent forms ----

function documentLines() {
  return form.documents.value.toWellFormed().split("\n").filter((line) => line.trim() !== "");
}

function requestBody() {
  const body = { model: "rerank", query: form.query.value.toWellFormed() };
  const topN = Math.trunc(form.topN.valueAsNumber || 0);
  if (Number.isSafeInteger(topN) && topN !== 0) body.top_n = topN;
  body.documents = documentLines();
  if (form.raw.checked) body.return_raw_scores = true;
  return body;
}

function bodyText(body) {
  return JSON.stringify(body, null, 2);
}

// Uses a quoted here-document: the shell expands nothing in it, and it may be longer than an
// argument. It cannot end early, because no line of the body is the word JSON.
function curlCode(body, withKey) {
  const lines = [`curl -sS '${ENDPOINT}' \\`];
  if (withKey) lines.push(`  -H "Authorization: Bearer $RERANK_API_KEY" \\`);
  lines.push(`  -H 'Content-Type: application/json' \\`, `  --data-binary @- <<'JSON'`);
  return [...lines, bodyText(body), "JSON", ""].join("\n");
}

// Escapes quotes, backslashes, characters that a Rust literal must not contain, and invisible ones.
function rustString(text) {
  const escaped = text
    .replace(/["\\]/g, "\\$&")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu, (c) => `\\u{${c.codePointAt(0).toString(16)}}`);
  return `"${escaped}"`;
}

function rustDocuments(documents) {
  if (documents.length === 0) return "Vec::<String>::new()";
  return ["[", ...documents.map((text) => `            ${rustString(text)},`), "        ]"].join("\n");
}

function rustCode(body, withKey) {
  const base = `"${location.origin}${CONTRACT.basePath}"`;
  const client = withKey ? `Client::bearer(${base}, &std::env::var("RERANK_API_KEY")?)?` : `Client::new(${base})?`;
  const options = [];
  if (body.top_n !== undefined) options.push(`\n    .top_n(${body.top_n})`);
  if (body.return_raw_scores) options.push("\n    .return_raw_scores(true)");
  return `use bigmodel_rerank_api::{Client, types::RerankRequest};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = ${client};
    let request = RerankRequest::new(
        ${rustString(body.model)},
        ${rustString(body.query)},
        ${rustDocuments(body.documents)},
    )${options.join("")};
    for result in &client.rerank(&request).await?.results {
        println!("{:.4}  documents[{}]", result.relevance_score, result.index);
    }
    Ok(())
}
`;
}

// ---- The call ----

async function rank() {
  inFlight?.abort();
  inFlight = null;
  const key = form.key.value.trim();
  const body = requestBody();
  const call = { text: bodyText(body), documents: body.documents, raw: form.raw.checked };
  if (/[^\x21-\x7e]/.test(key)) return show({ state: "failed", call, message: () => texts.badKey });
  const mine = new AbortController();
  inFlight = mine;
  show({ ...view, state: "loading", call });
  const outcome = await send(call, key, mine.signal);
  if (inFlight !== mine) return;
  inFlight = null;
  show({ ...outcome, call });
  byId("results").scrollIntoView({ block: "nearest" });
}

// Never throws: a failed call results in a view as well.
async function send(call, key, signal) {
  const headers = { "Content-Type": "application/json" };
  if (key) headers.Authorization = `Bearer ${key}`;
  const started = performance.now();
  try {
    const response = await fetch(ENDPOINT, { method: "POST", headers, body: call.text, signal, credentials: "omit" });
    const text = await response.text();
    return readResponse(response, text, performance.now() - started, call);
  } catch {
    return { state: "failed", message: () => texts.unreachable };
  }
}

function readResponse(response, text, ms, call) {
  let body = null;
  try { body = JSON.parse(text); } catch { /* reported below */ }
  if (!response.ok) {
    const { code, message } = body?.error ?? {};
    const words = typeof message === "string" ? () => message : () => response.statusText || texts.unreadable;
    return { state: "failed", code, message: words, status: response.status, id: body?.request_id };
  }
  const isValid = (r) => call.documents[r?.index] !== undefined && Number.isFinite(r.relevance_score);
  if (!Array.isArray(body?.results) || !body.results.every(isValid)) {
    return { state: "failed", message: () => texts.unreadable, status: response.status, id: body?.request_id };
  }
  const cut = Number(response.headers.get("rerank-documents-cut"));
  return { state: "done", results: body.results, tokens: body.usage?.total_tokens ?? 0, cut, ms, documents: call.documents, raw: call.raw };
}

// ---- The results ----

function show(next) {
  view = next;
  renderView();
}

function renderView() {
  const failed = view.state === "failed";
  byId("results").setAttribute("aria-busy", String(view.state === "loading"));
  byId("failure").hidden = !failed;
  if (failed) renderFailure();
  renderEmpty();
  renderRanking();
  renderChanged();
  byId("status").textContent = statusText();
}

function statusText() {
  const number = (n) => n.toLocaleString(texts.lang);
  if (view.state === "loading") return texts.loading;
  if (view.state === "failed") return texts.failed;
  if (view.state === "empty") return "";
  const ms = view.ms < 10 ? view.ms.toFixed(1) : number(Math.round(view.ms));
  const cut = view.cut > 0 ? ` · ${texts.cut(number(view.cut))}` : "";
  return `${texts.ranked(number(view.results.length), number(view.documents.length))} · ${texts.cost(number(view.tokens), ms)}${cut}`;
}

function renderFailure() {
  byId("failure-code").textContent = view.code ?? "";
  byId("failure-code").hidden = view.code === undefined;
  byId("failure-message").textContent = view.message();
  byId("failure-detail").textContent = view.status ? texts.status(view.status, view.id) : `POST ${ENDPOINT}`;
}

function renderEmpty() {
  const none = view.results?.length === 0;
  byId("empty").hidden = !(view.state === "empty" || none);
  byId("empty").textContent = none ? texts.noResults : texts.empty(shortcut);
}

function renderRanking() {
  const results = view.results ?? [];
  const scores = results.map((result) => result.relevance_score);
  const scale = scaleOf(scores, view.raw);
  byId("ranking").replaceChildren(...results.map((result, i) => resultRow(result, i + 1, scale.length(scores[i]))));
  byId("scale").hidden = results.length === 0;
  byId("scale").textContent = scale.words;
}

// Normalized scores are the lengths of the bars. Raw scores have no bounds, so their bars are relative.
function scaleOf(scores, raw) {
  const best = Math.max(...scores);
  const lowest = Math.min(...scores);
  if (!raw && lowest >= 0 && best <= 1) return { length: (s) => s, words: texts.scaleScore };
  if (lowest >= 0) return { length: (s) => s / (best || 1), words: texts.scaleBest };
  return { length: (s) => (best === lowest ? 1 : (s - lowest) / (best - lowest)), words: texts.scaleRange };
}

function element(name, className, text, ...children) {
  const made = document.createElement(name);
  made.className = className;
  if (text !== null) made.textContent = text;
  made.append(...children);
  return made;
}

function resultRow(result, rank, length) {
  const bar = element("span", "bar", null, element("span", "bar-fill", null));
  bar.setAttribute("aria-hidden", "true");
  bar.firstChild.style.setProperty("width", `${length * 100}%`);
  const rankCell = element("span", "rank", null, element("span", "unseen", texts.rankOf(rank)), element("span", "numeral", String(rank)));
  rankCell.lastChild.setAttribute("aria-hidden", "true");
  const score = element("data", "score", result.relevance_score.toFixed(4));
  score.value = String(result.relevance_score);
  const scoreCell = element("span", "score-cell", null, element("span", "unseen", texts.score), " ", score);
  const index = element("code", "index", `documents[${result.index}]`);
  const text = element("span", "text", view.documents[result.index]);
  return element("li", "result", null, rankCell, " ", text, " ", bar, scoreCell, " ", index);
}

// ---- The form and the code, updated on input ----

function renderForm() {
  const body = requestBody();
  const number = (n) => n.toLocaleString(texts.lang);
  const limited = (id, n, max, words) => {
    byId(id).textContent = words(number(n), number(max));
    byId(id).classList.toggle("over", n > max);
  };
  limited("query-count", [...body.query].length, CONTRACT.maxQueryLength, texts.characters);
  limited("documents-count", body.documents.length, CONTRACT.maxDocuments, texts.count);
  const maxLength = CONTRACT.maxDocumentLength;
  const lengths = body.documents.map((text) => [...text].length);
  const long = lengths.flatMap((n, i) => (n > maxLength ? [element("li", "", texts.tooLong(i, number(n), number(maxLength)))] : []));
  byId("documents-long").replaceChildren(...long);
  byId("documents-long").hidden = long.length === 0;
  renderCode(body);
  renderChanged(bodyText(body));
}

function renderCode(body) {
  const withKey = form.key.value.trim() !== "";
  byId("code-curl").textContent = curlCode(body, withKey);
  byId("code-rust").textContent = rustCode(body, withKey);
  const notes = [shownTab === "rust" ? texts.codeRust : texts.codeCurl];
  if (withKey) notes.push(texts.codeKey);
  byId("code-note").textContent = notes.join(" ");
}

function renderChanged(now = bodyText(requestBody())) {
  byId("changed").hidden = !(view.state === "done" && view.call.text !== now);
}

function chooseTab(name) {
  shownTab = name;
  for (const each of ["curl", "rust"]) {
    const chosen = each === name;
    byId(`tab-${each}`).setAttribute("aria-selected", String(chosen));
    byId(`tab-${each}`).tabIndex = chosen ? 0 : -1;
    byId(`panel-${each}`).hidden = !chosen;
  }
  showCopied();
  renderForm();
}

function moveTab(event) {
  const moves = { ArrowLeft: "other", ArrowRight: "other", Home: "curl", End: "rust" };
  const move = moves[event.key];
  if (!move) return;
  event.preventDefault();
  chooseTab(move === "other" ? (shownTab === "curl" ? "rust" : "curl") : move);
  byId(`tab-${shownTab}`).focus();
}

async function copyCode() {
  const code = byId(`code-${shownTab}`);
  let copied = true;
  try {
    await navigator.clipboard.writeText(code.textContent);
  } catch {
    // The clipboard needs a secure context. Otherwise, copy the selection, or leave it to the user.
    getSelection().selectAllChildren(code);
    copied = document.execCommand("copy");
  }
  showCopied(copied ? texts.copied : texts.selected);
}

// Shows the result of copying for two seconds, or resets the button.
function showCopied(words = "") {
  byId("copied").textContent = words;
  byId("copy").textContent = words || texts.copy;
  clearTimeout(showCopied.timer);
  if (words) showCopied.timer = setTimeout(showCopied, 2000);
}

// ---- The language ----

function fillSample(previous) {
  const { query, documents } = form;
  const edited = query.value !== previous.sampleQuery || documents.value !== previous.sampleDocuments.join("\n");
  if (edited && (query.value || documents.value)) return;
  query.value = texts.sampleQuery;
  documents.value = texts.sampleDocuments.join("\n");
}

function setLanguage(language) {
  const previous = texts;
  texts = TEXTS[language];
  document.documentElement.lang = texts.lang;
  document.title = texts.title;
  for (const each of document.querySelectorAll("[data-text]")) each.textContent = texts[each.dataset.text];
  document.getElementById("scorer").textContent =
    SCORER.kind === "lexical" ? texts.byWords : texts.byModel(SCORER.name, SCORER.kind);
  for (const each of document.querySelectorAll("[data-label]")) each.setAttribute("aria-label", texts[each.dataset.label]);
  for (const each of document.querySelectorAll("[data-hint]")) each.placeholder = texts[each.dataset.hint];
  byId("shortcut").textContent = shortcut;
  byId("language").textContent = texts.otherLanguage;
  byId("language").lang = texts === TEXTS.zh ? TEXTS.en.lang : TEXTS.zh.lang;
  fillSample(previous);
  renderForm();
  renderView();
}

function switchLanguage() {
  const language = texts === TEXTS.zh ? "en" : "zh";
  const address = new URL(location.href);
  address.searchParams.set("lang", language);
  history.replaceState(null, "", address);
  setLanguage(language);
}

function start() {
  byId("form").addEventListener("submit", (event) => { event.preventDefault(); rank(); });
  byId("form").addEventListener("input", () => renderForm());
  byId("form").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    if (!event.repeat) rank();
  });
  for (const name of ["curl", "rust"]) byId(`tab-${name}`).addEventListener("click", () => chooseTab(name));
  document.querySelector("[role=tablist]").addEventListener("keydown", moveTab);
  byId("copy").addEventListener("click", copyCode);
  byId("language").addEventListener("click", switchLanguage);
  const wanted = new URLSearchParams(location.search).get("lang") ?? navigator.language;
  setLanguage(wanted.toLowerCase().startsWith("zh") ? "zh" : "en");
}

start();
