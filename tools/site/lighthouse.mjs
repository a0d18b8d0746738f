// Lighthouse as it comes: a phone of the middle class on a slow mobile network.
// All four scores must be 100. Only what is measured in time may be tried again,
// up to five times in all: it depends on how busy the machine is. So may a run that
// Chromium did not record, which says nothing about the page. Where a page was
// slow every time, and the machine too, it is judged as Lighthouse asks for a slow
// machine, and the line says so: https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md

import { execFileSync } from "node:child_process";
import { launch } from "chrome-launcher";
import judge from "lighthouse";

/** @typedef {import("./judge.mjs").Site} Site */
/** @typedef {import("./judge.mjs").Verdict} Verdict */

const tries = 5;
// Lighthouse's own measure of a processor. The phone it plays is a quarter as fast
// as the machine it runs on, which is the phone it means on a fast desktop, from
// 1500. On a slow one, from 1000, half as fast is; below that it has no word for it.
const fast = { index: 1500, slowdown: 4 };
const slow = { index: 1000, slowdown: 2 };
// What Lighthouse calls a trace gone wrong, where it asks to be run again:
// https://github.com/GoogleChrome/lighthouse/blob/main/core/lib/lh-error.js
const unrecorded = ["NO_TRACING_STARTED", "NO_RESOURCE_REQUEST", "NO_NAVSTART", "NO_DCL", "NO_FMP"];
const others = ["accessibility", "best-practices", "seo"];
const flags =
  "--headless=new --no-sandbox --disable-gpu --disable-quic --disable-background-networking --disable-component-update --disable-sync --no-first-run";

/** @param {Site} site @returns {Promise<Verdict>} */
export async function lighthouse({ origin, pages }) {
  const wanted = [/-vs-[^/]+$/, /\/table$/, /\/questions$/, /\/result\/\w+$/];
  const paths = wanted.flatMap((w) => pages.filter((p) => p.status === 200 && w.test(p.path)).slice(0, 1).map((p) => p.path));
  const problems = [];
  const lines = [];
  const chrome = await launch({ chromePath: findChrome(), chromeFlags: flags.split(" ") });
  try {
    for (const path of paths) {
      const { line, wrong } = await page(chrome.port, origin + path, path.includes("/result/"));
      lines.push(`${path} ${line}`);
      problems.push(...wrong.map((w) => `${path}: ${w}`));
    }
  } finally {
    chrome.kill();
  }
  return { line: `${paths.length} pages\n  ${lines.join("\n  ")}\n `, problems };
}

/** @param {number} port @param {string} url @param {boolean} noindex */
async function page(port, url, noindex) {
  const first = await often(port, url, noindex, fast.slowdown);
  if (first.slow.length === 0 || first.bad.length > 0 || first.index >= fast.index) {
    return { line: first.line, wrong: [...first.bad, ...first.slow] };
  }
  const kind = `the machine's index is ${first.index.toFixed(0)}`;
  if (first.index < slow.index) {
    return { line: `${first.line}, not judged by time: ${kind}, and it takes ${slow.index}`, wrong: [] };
  }
  const again = await often(port, url, noindex, slow.slowdown);
  return { line: `${again.line}, slowed ${slow.slowdown} times: ${kind}`, wrong: [...again.bad, ...again.slow] };
}

/**
 * Runs until nothing is slow or one run too many was. The index is the median of
 * all runs, for one moment of peace says little about the others.
 *
 * @param {number} port @param {string} url @param {boolean} noindex @param {number} slowdown
 */
async function often(port, url, noindex, slowdown) {
  let last = await recorded(port, url, noindex, slowdown);
  const seen = [last.index];
  while (seen.length < tries && last.slow.length > 0 && last.bad.length === 0) {
    last = await recorded(port, url, noindex, slowdown);
    seen.push(last.index);
  }
  seen.sort((a, b) => a - b);
  return { ...last, index: seen[seen.length >> 1] };
}

/**
 * One run that was recorded, or the last of those that were not, which is bad.
 *
 * @param {number} port @param {string} url @param {boolean} noindex @param {number} slowdown
 */
async function recorded(port, url, noindex, slowdown) {
  let last = await once(port, url, noindex, slowdown);
  for (let run = 1; run < tries && unrecorded.includes(last.error); run++) {
    console.error(`${url}: ${last.error}, run again`);
    last = await once(port, url, noindex, slowdown);
  }
  return last;
}

/**
 * One run: what is slow, which may pass the next time, and what is bad.
 *
 * @param {number} port @param {string} url @param {boolean} noindex @param {number} slowdown
 */
async function once(port, url, noindex, slowdown) {
  const result = await judge(url, {
    port,
    logLevel: "error",
    output: "json",
    onlyCategories: ["performance", ...others],
    throttling: { cpuSlowdownMultiplier: slowdown },
  });
  if (!result) throw new Error(`Lighthouse says nothing about ${url}`);
  const { audits, categories, environment, runtimeError } = result.lhr;
  const index = environment.benchmarkIndex;
  if (runtimeError) {
    return { slow: [], bad: [runtimeError.message], line: "could not be judged", index, error: runtimeError.code };
  }
  const value = (/** @type {string} */ id) => audits[id].numericValue ?? Number.NaN;
  const scores = Object.fromEntries(Object.entries(categories).map(([id, c]) => [id, Math.round((c.score ?? 0) * 100)]));
  const lcp = value("largest-contentful-paint");
  const tbt = value("total-blocking-time");
  const cls = value("cumulative-layout-shift");
  const slow = [];
  if (scores.performance < 100) slow.push(`performance ${scores.performance}`);
  if (!(lcp <= 1500)) slow.push(`largest paint after ${lcp.toFixed(0)} ms`);
  if (!(tbt <= 0)) slow.push(`blocked for ${tbt.toFixed(0)} ms`);
  const bad = [];
  if (cls !== 0) bad.push(`layout shift ${cls.toFixed(4)}`);
  for (const id of others) {
    const failing = categories[id].auditRefs.filter((ref) => ref.weight > 0 && (audits[ref.id].score ?? 1) < 1).map((ref) => ref.id);
    // Results ask not to be indexed: there are more of them than anyone will search.
    const allowed = id === "seo" && noindex ? ["is-crawlable"] : [];
    if (failing.join() !== allowed.join()) bad.push(`${id} ${scores[id]}: ${failing.join(", ")}`);
  }
  const line = `performance ${scores.performance}, accessibility ${scores.accessibility}, best practices ${scores["best-practices"]}, seo ${scores.seo}, LCP ${lcp.toFixed(0)} ms, TBT ${tbt.toFixed(0)} ms, CLS ${cls}`;
  return { slow, bad, line, index, error: "" };
}

function findChrome() {
  if (process.env.TIEBREAK_CHROMIUM) return process.env.TIEBREAK_CHROMIUM;
  for (const name of ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8" }).trim();
    } catch {
      // not this one
    }
  }
  throw new Error("no Chromium or Chrome found: name one in TIEBREAK_CHROMIUM");
}
