"""Tests the page of the local endpoint in a real browser, against a running server.

See README.md in this folder for setup and arguments. Prints one line per check and
`N passed, N failed` at the end. Exits with 1 if a check fails.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import traceback
import urllib.error
import urllib.request

from playwright.sync_api import Error, expect, sync_playwright

WIDE, NARROW = (1440, 900), (360, 740)
CJK = re.compile(r"[\u3400-\u9fff\uff00-\uffef\u3000-\u303f]")
# Latin words that are the same in Chinese: names, code, and keys.
SHARED_WORDS = {"API", "HTTP", "curl", "Rust", "token", "documents", "English", "Ctrl", "Enter", "RERANK_API_KEY",
                "bash", "POSIX", "shell", "bigmodel-rerank-api", "tokio", "macros", "rt", "crate"}
HARD_QUERY = r"""it's "hard": $HOME `id` \ \\ \n !! %s 中文？ 👩‍👩‍👧"""
HARD_DOCUMENTS = [
    r"""'single' ''twice'' '\'' "double" \" \\ \u{41} \x41 {} {{}}""",
    "$(id) ${HOME} `whoami` $1 !! !x # & | ; > <",
    "JSON", "EOF", "<script>alert(1)</script> <img src=x onerror=alert(1)> &amp; </pre>",
    "中文：“引号”、顿号；全角！", "emoji 🦀 👩‍👩‍👧 e\u0301", "tab\there, nul-like \\0, \u2028 \u202e \ufeff \u0007 hidden",
    "  spaces around  ", "long " * 800,
]

# Every visible text of the page, except code and texts of the user or the server.
VISIBLE_TEXTS = """() => {
  const skip = "pre, code, .text, .failure-message, #language";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const words = walker.currentNode.textContent.trim();
    if (words && parent.checkVisibility() && !parent.closest(skip) && parent.closest("noscript") === null) found.push(words);
  }
  const named = [...document.querySelectorAll("[aria-label], [placeholder]")];
  return [document.title, ...found, ...named.flatMap((e) => [e.ariaLabel, e.placeholder].filter(Boolean))];
}"""

RESULTS = """() => [...document.querySelectorAll(".result")].map((row) => ({
  rank: row.querySelector(".numeral").textContent, text: row.querySelector(".text").textContent,
  shown: row.querySelector(".score").textContent, score: Number(row.querySelector(".score").value),
  index: Number(row.querySelector(".index").textContent.match(/\\d+/)[0]),
  bar: row.querySelector(".bar-fill").getBoundingClientRect().width / row.querySelector(".bar").clientWidth }))"""


def post(base, body, key=None):
    """Makes the same call without a browser and returns the response for any status."""
    headers = {"Content-Type": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    request = urllib.request.Request(f"{base}/api/paas/v4/rerank", json.dumps(body).encode(), headers)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        return json.load(error)


def close(left, right):
    return abs(left - right) <= 1e-5 * max(1, abs(left))


def same_results(left, right):
    """Asserts that the results are the same, except for the order of equal scores."""
    assert len(left) == len(right), (len(left), len(right))
    scores = {r["index"]: r["relevance_score"] for r in right}
    assert all(close(r["relevance_score"], scores[r["index"]]) for r in left), (left, right)


class Bench:
    """A browser whose pages record problems."""

    def __init__(self, browser, args):
        self.browser, self.base, self.key, self.args = browser, args.base.rstrip("/"), args.key, args
        self.problems = []

    def page(self, lang="en", size=WIDE, scheme="light", query="", **settings):
        context = self.browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme,
                                           reduced_motion="reduce", **settings)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("console", lambda m: self.console(m))
        page.on("pageerror", lambda e: self.problems.append(f"error in the page: {e}"))
        page.on("request", lambda r: self.request(r))
        page.on("dialog", lambda d: (self.problems.append(f"dialog: {d.message}"), d.dismiss()))
        page.goto(f"{self.base}/{query or '?lang=' + lang}")
        if self.key:
            page.fill("#key", self.key)
        return page

    def console(self, message):
        # The browser logs failed calls. Checks that cause one examine the page.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.problems.append(f"console: {message.text}")

    def request(self, request):
        if not request.url.startswith((self.base + "/", "data:")):
            self.problems.append(f"left the origin: {request.url}")

    def shot(self, page, name):
        if self.args.shots:
            page.evaluate("scrollTo(0, 0)")
            page.screenshot(path=str(pathlib.Path(self.args.shots, f"{name}.png")), full_page=True)


def fill(page, query, documents):
    page.fill("#query", query)
    page.fill("#documents", "\n".join(documents))


def rank(page):
    page.click("#rank")
    return settle(page)


def settle(page):
    page.wait_for_selector("#results[aria-busy=false] .result, #failure:not([hidden])")
    return page.evaluate(RESULTS)


def respond_late(held):
    """Responds to calls that were held back."""
    assert held
    for route in held:
        try:
            route.fulfill(json={"results": [{"index": 0, "relevance_score": 0.123}], "usage": {"total_tokens": 1}})
        except Error:
            pass  # the page has aborted the call


def body_in_curl(page):
    return json.loads(page.text_content("#code-curl").split("<<'JSON'\n", 1)[1].removesuffix("\nJSON\n"))


# ---- The checks ----

def loads_under_its_policy(bench):
    page = bench.page()
    response = page.request.get(bench.base + "/")
    assert "default-src 'none'" in response.headers.get("content-security-policy", ""), response.headers
    assert page.text_content("#empty") == "Press Rank, or Ctrl Enter in any field."
    blocked = page.evaluate("""() => new Promise((done) => {
        document.addEventListener("securitypolicyviolation", () => done(true));
        document.body.append(Object.assign(document.createElement("script"), { textContent: "1" }));
        setTimeout(() => done(false), 2000); })""")
    assert blocked, "the policy is not enforced"
    bench.problems = [c for c in bench.problems if "inline script" not in c]


def ranks_by_keyboard_alone(bench):
    page = bench.page()
    documents = ["the cat sat", "a dog ran far", "cats and dogs", "nothing of the kind"]
    page.focus("#query")
    page.keyboard.press("Control+A")
    page.keyboard.type("cats and dogs")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "documents"
    page.keyboard.press("Control+A")
    for i, document in enumerate(documents):
        page.keyboard.type(document)
        page.keyboard.press("Enter")
        if i == 1:
            page.keyboard.press("Enter")  # empty lines are not documents
    with page.expect_response("**/rerank") as response:
        page.keyboard.press("Control+Enter")
    shown = settle(page)
    results = response.value.json()["results"]
    sent = json.loads(response.value.request.post_data)
    assert sent == {"model": "rerank", "query": "cats and dogs", "documents": documents}, sent
    assert [r["index"] for r in results] == [s["index"] for s in shown]
    assert [s["rank"] for s in shown] == ["1", "2", "3", "4"]
    assert all(s["text"] == documents[s["index"]] for s in shown)
    assert re.match(r"4 ranked · [\d,]+ tokens · [\d.,]+ ms$", page.text_content("#status")), page.text_content("#status")


def shows_the_numbers_of_a_direct_call(bench):
    page = bench.page()
    for raw in (False, True):
        page.set_checked("#raw", raw)
        page.fill("#top-n", "4")
        shown = rank(page)
        body = body_in_curl(page)
        assert body["top_n"] == 4 and body.get("return_raw_scores", False) == raw
        direct = post(bench.base, body, bench.key)["results"]
        assert len(shown) == 4
        same_results([{"index": s["index"], "relevance_score": s["score"]} for s in shown], direct)
        for s in shown:
            assert s["shown"] == f"{s['score']:.4f}" or close(float(s["shown"]), round(s["score"], 4))
            assert 0 <= s["bar"] <= 1.01
            assert raw or abs(s["bar"] - s["score"]) < 0.02, s
        assert not raw or abs(shown[0]["bar"] - 1) < 0.02, shown[0]
        bars = [s["bar"] for s in shown]
        assert bars == sorted(bars, reverse=True), bars
    bench.shot(page, "en-wide-raw")


def has_every_text_in_both_languages(bench):
    def walk(page):
        """Goes through the states of the page and returns the visible texts in each."""
        states = [page.evaluate(VISIBLE_TEXTS)]
        page.fill("#key", bench.key or "some-key")
        page.click("#tab-rust")
        rank(page)
        states.append(page.evaluate(VISIBLE_TEXTS))
        page.fill("#top-n", "2")
        page.set_checked("#raw", True)
        states.append(page.evaluate(VISIBLE_TEXTS))
        rank(page)
        states.append(page.evaluate(VISIBLE_TEXTS))
        fill(page, "q", ["x" * 4097] + ["y"] * 128)
        rank(page)
        states.append(page.evaluate(VISIBLE_TEXTS))
        page.route("**/rerank", lambda route: route.abort())
        page.click("#rank")
        expect(page.locator("#failure-detail")).to_contain_text("POST")
        failure = page.text_content("#failure-message")
        page.unroute("**/rerank")
        return states, failure

    english, failure_en = walk(bench.page("en"))
    chinese, failure_zh = walk(bench.page("zh"))
    assert failure_en and not CJK.search(failure_en), failure_en
    assert CJK.search(failure_zh), failure_zh
    for en, zh in zip(english, chinese, strict=True):
        assert len(en) == len(zh), (en, zh)
        for left, right in zip(en, zh, strict=True):
            assert "undefined" not in left + right, (left, right)
            assert not CJK.search(left), left
            foreign = [w for w in re.findall(r"[A-Za-z][A-Za-z_-]+", re.sub(r"request \S+|请求 \S+", "", right))
                       if w not in SHARED_WORDS]
            assert not foreign, (right, foreign)
            words = [w for w in re.findall(r"[A-Za-z][A-Za-z_-]+", left) if w not in SHARED_WORDS]
            assert not words or left != right, left
    keys = bench.page().evaluate("""() => [Object.keys(TEXTS.en), Object.keys(TEXTS.zh),
        [...document.querySelectorAll("[data-text],[data-label],[data-hint]")].flatMap((e) => Object.values(e.dataset))]""")
    assert keys[0] == keys[1], set(keys[0]) ^ set(keys[1])
    assert set(keys[2]) <= set(keys[0]), set(keys[2]) - set(keys[0])


def chooses_and_switches_language(bench):
    page = bench.page(query="?", locale="zh-CN")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    page = bench.page(query="?", locale="de-DE")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.click("#language")
    assert CJK.search(page.input_value("#query")) and CJK.search(page.input_value("#documents"))
    page.fill("#query", "mine")
    rank(page)
    assert CJK.search(page.text_content("#status"))
    page.click("#language")
    assert page.input_value("#query") == "mine" and not CJK.search(page.text_content("#status"))
    page.reload()
    assert page.evaluate("document.documentElement.lang") == "en"


def shows_an_error_with_its_code(bench):
    for lang, scheme in (("en", "light"), ("zh", "dark")):
        page = bench.page(lang, scheme=scheme)
        rank(page)
        fill(page, "q", [f"text {i}" for i in range(129)])
        assert page.locator("#documents-count.over").count() == 1
        assert not rank(page), "the previous ranking is still shown"
        direct = post(bench.base, body_in_curl(page), bench.key)
        assert page.text_content("#failure-code") == direct["error"]["code"] == "1214"
        assert page.text_content("#failure-message") == direct["error"]["message"]
        assert "HTTP 400" in page.text_content("#failure-detail")
        bench.shot(page, f"{lang}-wide-{scheme}-error")
    page.route("**/rerank", lambda route: route.fulfill(status=502, body="<b>bad gateway</b>"))
    page.click("#rank")
    expect(page.locator("#failure-detail")).to_have_text("HTTP 502")
    assert page.is_hidden("#failure-code") and page.text_content("#failure-message")


def counts_code_points(bench):
    page = bench.page()
    fill(page, "🦀" * 4096, ["", "🦀" * 4096, "   ", "🦀" * 4097])
    assert page.text_content("#query-count") == "4,096 of 4,096 characters"
    assert page.text_content("#documents-count") == "2 of 128"
    assert page.text_content("#documents-long") == "documents[1] has 4,097 characters, at most 4,096"


def does_not_leak_the_key(bench):
    page = bench.page()
    secret = bench.key or "s3cret-key.value"
    page.fill("#key", "")
    assert "Authorization" not in page.text_content("#code-curl") and "Client::new(" in page.text_content("#code-rust")
    with page.expect_request("**/rerank") as call:
        page.click("#rank")
    assert "authorization" not in call.value.headers
    settle(page)
    page.fill("#key", secret)
    with page.expect_request("**/rerank") as call:
        page.click("#rank")
    assert call.value.headers["authorization"] == f"Bearer {secret}"
    settle(page)
    assert "$RERANK_API_KEY" in page.text_content("#code-curl")
    assert 'env::var("RERANK_API_KEY")' in page.text_content("#code-rust")
    kept = page.evaluate("document.documentElement.outerHTML + location.href + JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert secret not in kept
    held = []
    page.route("**/rerank", lambda route: held.append(route))  # a call in flight must not replace the error
    page.click("#rank")
    page.fill("#key", "no header can carry 密")
    page.click("#rank")
    page.wait_for_timeout(200)
    assert "header" in page.text_content("#failure-message")
    respond_late(held)


def curl_gives_the_same_results(bench):
    page = bench.page()
    fill(page, HARD_QUERY, HARD_DOCUMENTS)
    with page.expect_response("**/rerank") as response:
        shown = rank(page)
    sent = response.value.request.post_data
    assert json.loads(sent)["documents"] == HARD_DOCUMENTS and json.loads(sent)["query"] == HARD_QUERY
    assert page.text_content("#code-curl").endswith(f"<<'JSON'\n{sent}\nJSON\n"), "sent and shown differ"
    assert [s["text"] for s in shown] == [HARD_DOCUMENTS[s["index"]] for s in shown]
    same_results(curl(bench, page)["results"], response.value.json()["results"])
    fill(page, "中" * 4096, ["文" * 4096] * 129)  # 1.5 MB: longer than an argument may be
    assert curl(bench, page)["error"]["code"] == "1214"


def curl(bench, page):
    env = {**os.environ, "RERANK_API_KEY": bench.key or "", "NO_PROXY": "*", "no_proxy": "*"}
    done = subprocess.run(["bash"], input=page.text_content("#code-curl").encode(), capture_output=True, env=env, timeout=60)
    assert done.returncode == 0 and done.stdout, done.stderr
    return json.loads(done.stdout)


def rust_gives_the_same_results(bench):
    """Compiles and runs the shown code; only with --crate."""
    page = bench.page()
    with tempfile.TemporaryDirectory() as folder:
        fill(page, HARD_QUERY, HARD_DOCUMENTS)
        page.fill("#top-n", "5")
        page.set_checked("#raw", True)
        shown = rank(page)
        sources = {"hard": page.text_content("#code-rust")}
        page.fill("#top-n", "0")
        fill(page, "", [])
        sources["empty"] = page.text_content("#code-rust")
        page.fill("#key", bench.key or "k")
        sources["keyed"] = page.text_content("#code-rust")
        done = cargo_run(bench, folder, sources)
    lines = [re.fullmatch(r"(-?[\d.]+)  documents\[(\d+)\]", line).groups() for line in done.splitlines()]
    assert [int(index) for _, index in lines] == [s["index"] for s in shown], (lines, shown)
    assert all(abs(float(score) - s["score"]) < 2e-4 for (score, _), s in zip(lines, shown, strict=True))


def cargo_run(bench, folder, sources):
    crate = pathlib.Path(bench.args.crate).resolve()
    (pathlib.Path(folder) / "src/bin").mkdir(parents=True)
    for name, source in sources.items():
        pathlib.Path(folder, f"src/bin/{name}.rs").write_text(source, encoding="utf-8")
    pathlib.Path(folder, "Cargo.toml").write_text(
        '[package]\nname = "shown"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n[dependencies]\n'
        f'bigmodel-rerank-api = {{ path = "{crate}" }}\ntokio = {{ version = "1", features = ["macros", "rt"] }}\n')
    env = {**os.environ, "RERANK_API_KEY": bench.key or "", "RUSTFLAGS": "-D warnings"}
    subprocess.run(["cargo", "build", "-q", "--bins"], cwd=folder, env=env, check=True)
    return subprocess.run(["cargo", "run", "-q", "--bin", "hard"], cwd=folder, env=env, check=True,
                          capture_output=True, text=True).stdout


def no_old_response_replaces_a_newer_one(bench):
    page = bench.page()
    held = []

    def hold_the_first(route):
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route("**/rerank", hold_the_first)
    page.click("#rank")
    page.wait_for_selector("#results[aria-busy=true]")
    assert page.text_content("#status") == "Ranking…"
    fill(page, "newer", ["newer one", "other two"])
    assert len(rank(page)) == 2
    respond_late(held)
    page.wait_for_timeout(300)
    shown = page.evaluate(RESULTS)
    assert len(shown) == 2 and all(s["text"] in ("newer one", "other two") for s in shown), shown
    assert page.is_hidden("#changed")
    page.fill("#query", "newest")
    assert page.is_visible("#changed")


def works_without_a_mouse(bench):
    page = bench.page()
    page.reload()  # resets the focus to the top
    order = []
    for _ in range(14):
        page.keyboard.press("Tab")
        here = page.evaluate("""() => { const e = document.activeElement, s = getComputedStyle(e);
            return [e.id, s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2, e.matches(":focus-visible")]; }""")
        if not here[0] or here[0] in order:
            break
        assert here[1] and here[2], f"focus on {here[0]} is not visible"
        order.append(here[0])
    wanted = ["language", "query", "documents", "top-n", "key", "raw", "rank", "tab-curl", "copy", "panel-curl"]
    assert order == wanted, order
    page.focus("#tab-curl")
    for key, chosen in (("ArrowRight", "rust"), ("ArrowRight", "curl"), ("ArrowLeft", "rust"), ("Home", "curl"), ("End", "rust")):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.id") == f"tab-{chosen}"
        assert page.is_visible(f"#panel-{chosen}") and page.locator(".panel:visible").count() == 1
        assert page.get_attribute(f"#tab-{chosen}", "aria-selected") == "true"


def names_every_control(bench):
    for lang in ("en", "zh"):
        page = bench.page(lang)
        session = page.context.new_cdp_session(page)
        roles = {"button", "textbox", "spinbutton", "checkbox", "tab", "tabpanel", "tablist", "region", "form"}
        seen = [(n["role"]["value"], n.get("name", {}).get("value", "")) for n in
                session.send("Accessibility.getFullAXTree")["nodes"] if not n["ignored"] and n["role"]["value"] in roles]
        assert len(seen) >= 12 and all(name for _, name in seen), seen
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
        assert len(ids) == len(set(ids))


def has_enough_contrast(bench):
    """Checks WCAG AA for all visible texts, by computed colours, and 3:1 for the borders of fields."""
    script = """() => {
      const rgb = (c) => c.match(/[\\d.]+/g).map(Number);
      const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
      const ground = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] !== 0) return c; } return [255, 255, 255]; };
      const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
      const low = [];
      for (const e of document.querySelectorAll("body *")) {
        const style = getComputedStyle(e);
        if (!e.checkVisibility() || e.closest("noscript")) continue;
        const hasText = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) || e.matches("input, textarea");
        const contrast = ratio(rgb(style.color), ground(e));
        if (hasText && contrast < 4.5) low.push([e.className || e.id || e.tagName, contrast]);
        if (e.matches("input:not([type=checkbox]), textarea") && ratio(rgb(style.borderTopColor), ground(e.parentElement)) < 3) low.push([e.id, "border"]);
      }
      return low; }"""
    for scheme in ("light", "dark"):
        page = bench.page(scheme=scheme)
        rank(page)
        assert page.evaluate(script) == [], (scheme, page.evaluate(script))
        fill(page, "q", ["x" * 4097] * 129)
        rank(page)
        assert page.evaluate(script) == [], (scheme, page.evaluate(script))


def copies_the_code(bench):
    page = bench.page(permissions=["clipboard-read", "clipboard-write"])
    for tab in ("curl", "rust"):
        page.click(f"#tab-{tab}")
        page.click("#copy")
        expect(page.locator("#copied")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == page.text_content(f"#code-{tab}")


def fits_every_width(bench):
    for lang in ("en", "zh"):
        for scheme in ("light", "dark"):
            for name, size in (("wide", WIDE), ("narrow", NARROW)):
                page = bench.page(lang, size, scheme)
                rank(page)
                bench.shot(page, f"{lang}-{name}-{scheme}")
        for width in (360, 480, 760, 999, 1000, 1600):
            page.set_viewport_size({"width": width, "height": 800})
            fill(page, "w" * 300, ["w" * 300, "short"])
            rank(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (lang, width)
    bench.shot(page, "zh-1600-dark-long")


CHECKS = [loads_under_its_policy, ranks_by_keyboard_alone, shows_the_numbers_of_a_direct_call, has_every_text_in_both_languages,
          chooses_and_switches_language, shows_an_error_with_its_code, counts_code_points, does_not_leak_the_key,
          curl_gives_the_same_results, no_old_response_replaces_a_newer_one, works_without_a_mouse, names_every_control,
          has_enough_contrast, copies_the_code, fits_every_width]


def run(bench, check):
    """Returns whether the check passes and the browser reports no other problem."""
    bench.problems = []
    try:
        check(bench)
        assert not bench.problems, bench.problems
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        print(f"FAIL  {check.__name__}: {type(error).__name__} in line {where.lineno} ({where.line}): {str(error)[:1500]}")
        return False
    finally:
        for context in bench.browser.contexts:
            context.close()
    print(f"ok    {check.__name__}")
    return True


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("base", help="URL of the server, such as http://127.0.0.1:8321")
    options.add_argument("chromium", help="path of the browser")
    options.add_argument("shots", nargs="?", help="folder for screenshots")
    options.add_argument("--key", help="API key, if the server requires one")
    options.add_argument("--crate", help="folder of bigmodel-rerank-api, to compile and run the shown Rust code")
    args = options.parse_args()
    if args.shots:
        pathlib.Path(args.shots).mkdir(parents=True, exist_ok=True)
    checks = CHECKS + ([rust_gives_the_same_results] if args.crate else [])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=args.chromium, args=["--no-sandbox", "--no-proxy-server"])
        bench = Bench(browser, args)
        passed = [run(bench, check) for check in checks]
        browser.close()
    print(f"{passed.count(True)} passed, {passed.count(False)} failed")
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
