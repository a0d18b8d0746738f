// Runs the judges of the served site, one after the other, and says in one line
// each what they found. Called by tools/site.sh with the site's address, a
// folder to write to, and the names of the judges to run (all, if none).

import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { LinkChecker } from "linkinator";
import { budgets } from "./budgets.mjs";
import { lighthouse } from "./lighthouse.mjs";
import { observatory } from "./observatory.mjs";
import { collect } from "./pages.mjs";

/** @typedef {import("./pages.mjs").Page} Page */
/** @typedef {{origin: string, scratch: string, pages: Page[], files: string[]}} Site */
/** @typedef {{line: string, problems: string[]}} Verdict */

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const styles = ["site.css", "code.css"].map((name) => join(root, "static", name));

/**
 * Runs a program to its end and returns what it printed and its exit code.
 *
 * @param {string} program @param {string[]} args
 * @returns {Promise<{out: string, code: number}>}
 */
function run(program, args) {
  return new Promise((done, fail) => {
    execFile(program, args, { maxBuffer: 1 << 28, cwd: here }, (error, stdout, stderr) => {
      if (error && typeof error.code !== "number") fail(error);
      else done({ out: stdout + stderr, code: error ? Number(error.code) : 0 });
    });
  });
}

/**
 * Runs the program of an npm package.
 *
 * @param {string} name @param {string[]} args
 */
const npx = (name, args) => run(process.execPath, [join(here, "node_modules", ".bin", name), ...args]);

/** @param {number} n @param {string} what */
const count = (n, what) => `${n} ${what}${n === 1 ? "" : what.endsWith("s") ? "es" : "s"}`;

/** @param {string} file */
const short = (file) => file.replace(/^.*\//, "");

/** The Nu HTML checker: markup, drawings and style sheets, no error and no warning. @param {Site} site @returns {Promise<Verdict>} */
async function nu({ files }) {
  const jar = join(here, "node_modules", "vnu-jar", "build", "dist", "vnu.jar");
  const all = [...files, join(root, "static", "favicon.svg"), ...styles];
  const { out } = await run("java", ["-jar", jar, "--stdout", "--format", "json", "--also-check-css", "--also-check-svg", ...all]);
  /** @type {{type: string, url: string, lastLine?: number, message: string}[]} */
  const messages = JSON.parse(out.slice(out.indexOf("{"))).messages;
  const errors = messages.filter((m) => m.type !== "info").length;
  return {
    line: `${count(all.length, "file")}, ${count(errors, "error")}, ${count(messages.length - errors, "warning")}`,
    problems: messages.map((m) => `${short(m.url)}:${m.lastLine ?? 0}: ${m.type}: ${m.message}`),
  };
}

/** html-validate: what the standard allows and a reader pays for. @param {Site} site @returns {Promise<Verdict>} */
async function htmlValidate({ files, scratch }) {
  const pages = files.filter((f) => f.endsWith(".html"));
  const found = join(scratch, "html-validate.json");
  await npx("html-validate", ["--config", join(here, "htmlvalidate.config.mjs"), "--formatter", `json=${found}`, ...pages]);
  /** @type {{filePath: string, messages: {line: number, ruleId: string, message: string}[]}[]} */
  const reports = JSON.parse(readFileSync(found, "utf8"));
  const problems = reports.flatMap((r) => r.messages.map((m) => `${short(r.filePath)}:${m.line}: ${m.ruleId}: ${m.message}`));
  return { line: `${count(pages.length, "page")}, ${count(problems.length, "problem")}`, problems };
}

/** stylelint with the standard configuration, on the sheet that people write. @returns {Promise<Verdict>} */
async function stylelint() {
  const { out } = await npx("stylelint", ["--config", join(here, "stylelint.config.mjs"), "--formatter", "json", "--max-warnings", "0", styles[0]]);
  /** @type {{source: string, warnings: {line: number, text: string}[]}[]} */
  const reports = JSON.parse(out.slice(out.indexOf("[{")));
  const problems = reports.flatMap((r) => r.warnings.map((w) => `${short(r.source)}:${w.line}: ${w.text}`));
  return { line: `${count(reports.length, "style sheet")}, ${count(problems.length, "problem")}`, problems };
}

/** TypeScript, strict, on the script of the site and on the judges. @returns {Promise<Verdict>} */
async function types() {
  const problems = [];
  const projects = ["tsconfig.json", "tsconfig.judges.json"];
  for (const project of projects) {
    const { out, code } = await npx("tsc", ["--project", join(here, project)]);
    if (code !== 0) problems.push(...out.trim().split("\n"));
  }
  return { line: `${count(projects.length, "project")}, ${count(problems.length, "error")}`, problems };
}

/**
 * schema.org: every block of structured data is given the type it says it has,
 * and TypeScript finds what that type does not know.
 *
 * @param {Site} site @returns {Promise<Verdict>}
 */
async function schema({ pages, scratch }) {
  const folder = join(scratch, "schema");
  mkdirSync(folder);
  /** @type {string[]} */
  const files = [];
  for (const page of pages) {
    for (const [, json] of page.body.matchAll(/<script[^>]*type="application\/ld\+json"[^>]*>(.*?)<\/script>/gs)) {
      const file = join(folder, `${page.name}-${files.length}.ts`);
      writeFileSync(file, typed(JSON.parse(json)));
      files.push(file);
    }
  }
  const config = join(folder, "tsconfig.json");
  const types = join(here, "node_modules", "schema-dts");
  const options = { strict: true, noEmit: true, skipLibCheck: true, types: [], paths: { "schema-dts": [types] } };
  writeFileSync(config, JSON.stringify({ compilerOptions: { ...options, module: "esnext", moduleResolution: "bundler" }, files }));
  if (files.length === 0) return { line: "0 blocks", problems: ["no page has structured data"] };
  const { out, code } = await npx("tsc", ["--project", config]);
  const problems = code === 0 ? [] : out.trim().split("\n").map((l) => l.replace(/^\S*\//, ""));
  return { line: `${count(files.length, "block")}, ${count(problems.length, "error")}`, problems };
}

/** @param {any} block @returns {string} a program that gives the block its type */
function typed(block) {
  const nodes = block["@graph"] ?? [block];
  const lines = nodes.map((/** @type {any} */ node, /** @type {number} */ n) => {
    const name = [node["@type"]].flat()[0];
    const context = node["@context"] ? `import("schema-dts").WithContext<import("schema-dts").${name}>` : `import("schema-dts").${name}`;
    return `export const node${n}: ${context} = ${JSON.stringify(node, null, 1)};`;
  });
  return `${lines.join("\n")}\n`;
}

/**
 * Linkinator: every link of every page, with its anchor. Each page is a start of
 * its own, because a whole crawl overlooks anchors it meets late.
 *
 * @param {Site} site @returns {Promise<Verdict>}
 */
async function links({ origin, pages }) {
  const starts = [...new Set(pages.filter((p) => p.status === 200 && p.type.startsWith("text/html")).map((p) => p.path))];
  const problems = [];
  const seen = new Set();
  for (const path of starts) {
    const { links } = await new LinkChecker().check({
      path: origin + path,
      checkFragments: true,
      linksToSkip: [`^(?!${origin}/)`],
      concurrency: 20,
    });
    for (const link of links.filter((l) => l.state !== "SKIPPED")) {
      seen.add(link.url);
      if (link.state === "BROKEN") problems.push(`${path}: ${link.url.slice(origin.length)} answers ${link.status}${link.status === 200 ? " but has no such anchor" : ""}`);
    }
  }
  return { line: `${count(seen.size, "address")} linked from ${count(starts.length, "page")}, ${problems.length} broken`, problems };
}

/**
 * Says the same thing about the same file once, with how often it is meant.
 *
 * @param {string[]} problems
 */
function shorten(problems) {
  /** @type {Map<string, {first: string, more: number}>} */
  const seen = new Map();
  for (const problem of problems) {
    const key = problem.replace(/:\d+: /, ": ");
    const entry = seen.get(key);
    if (entry) entry.more++;
    else seen.set(key, { first: problem, more: 0 });
  }
  return [...seen.values()].map(({ first, more }) => (more > 0 ? `${first} (and ${more} more)` : first));
}

/** @type {Record<string, (site: Site) => Promise<Verdict>>} */
const judges = { nu, "html-validate": htmlValidate, stylelint, types, schema, links, observatory, budgets, lighthouse };

const [origin, scratch, ...wanted] = process.argv.slice(2);
const unknown = wanted.filter((name) => !judges[name]);
if (unknown.length > 0) throw new Error(`no judge ${unknown.join(", ")}: there are ${Object.keys(judges).join(", ")}`);
const pages = await collect(origin);
mkdirSync(join(scratch, "pages"));
const files = pages.map((page) => {
  const file = join(scratch, "pages", page.name + (page.type.startsWith("text/html") ? ".html" : ""));
  writeFileSync(file, page.body);
  return file;
});

const failed = [];
for (const [name, judge] of Object.entries(judges)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const began = Date.now();
  const { line, problems } = await judge({ origin, scratch, pages, files });
  console.log(`${name}: ${line} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  for (const problem of shorten(problems)) console.log(`  ${problem}`);
  if (problems.length > 0) failed.push(name);
}
console.log(failed.length === 0 ? "site: every judge is content" : `site: not content: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
