// The Mozilla Observatory's own scorer on every page, as it would find them
// behind a proxy with a certificate: one instance of the program that knows its
// address, and before it a server for HTTPS and one that leads to it from HTTP.

import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { dirname, join } from "node:path";
import tls from "node:tls";
import { fileURLToPath } from "node:url";

/** @typedef {import("./judge.mjs").Site} Site */
/** @typedef {import("./judge.mjs").Verdict} Verdict */

// 100 for a site without faults, 10 for a policy that starts with none, 10 for
// resources kept to their own site, 5 each for referrers, frames and a script
// held to its hash. All that can be had besides is 5 for safe cookies, and the
// program sets none, and 5 for a name on the list of those that browsers open
// with HTTPS only, which localhost is not (docs/operating.md says how to get there).
const best = 135;

/** @param {Site} site @returns {Promise<Verdict>} */
export async function observatory({ pages, scratch }) {
  const { key, cert } = certificate(scratch);
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), cert]);
  /** @type {{origin: string}} */
  const behind = { origin: "" };
  const secure = await listen(https.createServer({ key, cert }, (ask, answer) => forward(behind.origin, ask, answer)));
  const plain = await listen(http.createServer((ask, answer) => answer.writeHead(301, { location: `https://localhost:${secure.port}${ask.url}` }).end()));
  const program = spawn(join(scratch, "tiebreak"), ["serve", "--addr", "127.0.0.1:0", "--base-url", `https://localhost:${secure.port}`]);
  try {
    behind.origin = await said(program);
    const paths = [...new Set(pages.filter((p) => p.type.startsWith("text/html") && p.name !== "questions-with-errors").map((p) => p.path))];
    const problems = [];
    for (const path of paths) problems.push(...(await score({ httpPort: plain.port, httpsPort: secure.port, path })).map((p) => `${path}: ${p}`));
    return { line: `${paths.length} pages, ${problems.length} below ${best}`, problems };
  } finally {
    program.kill();
    secure.server.close();
    plain.server.close();
  }
}

/** @param {{httpPort: number, httpsPort: number, path: string}} where @returns {Promise<string[]>} */
async function score(where) {
  const { retrieve, tests, points } = await scorer();
  const found = await retrieve("localhost", where);
  const results = tests.map((/** @type {any} */ test) => test(found));
  const sum = results.reduce((/** @type {number} */ n, /** @type {any} */ r) => n + points(r.result), 100);
  if (sum === best) return [];
  return [`${sum} instead of ${best}: ${results.map((/** @type {any} */ r) => `${r.result} ${points(r.result)}`).join(", ")}`];
}

/** Loads the scorer, which wants a list of preloaded names that it does not bring: an empty one is true of localhost. */
async function scorer() {
  const name = "@mdn/mdn-http-observatory";
  const home = join(dirname(fileURLToPath(import.meta.url)), "node_modules", name);
  const list = join(home, "conf", "hsts-preload.json");
  if (!existsSync(list)) {
    mkdirSync(dirname(list), { recursive: true });
    writeFileSync(list, "{}\n");
  }
  const [{ retrieve }, { ALL_TESTS: tests }, { getScoreModifier: points }] = await Promise.all(
    ["retriever/retriever.js", "constants.js", "grader/grader.js"].map((file) => import(`${name}/src/${file}`)),
  );
  return { retrieve, tests, points };
}

/** @param {string} scratch */
function certificate(scratch) {
  const files = { key: join(scratch, "key.pem"), cert: join(scratch, "cert.pem") };
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  execFileSync("openssl", ["req", "-x509", "-days", "1", ...curve, "-keyout", files.key, "-out", files.cert, ...names], { stdio: "ignore" });
  return { key: readFileSync(files.key, "utf8"), cert: readFileSync(files.cert, "utf8") };
}

/** @param {http.Server} server @returns {Promise<{server: http.Server, port: number}>} */
function listen(server) {
  return new Promise((done) => {
    server.listen(0, "localhost", () => done({ server, port: /** @type {import("node:net").AddressInfo} */ (server.address()).port }));
  });
}

/** @param {string} origin @param {http.IncomingMessage} ask @param {http.ServerResponse} answer */
function forward(origin, ask, answer) {
  const onward = http.request(origin + ask.url, { method: ask.method, headers: ask.headers }, (back) => {
    answer.writeHead(back.statusCode ?? 502, back.headers);
    back.pipe(answer);
  });
  onward.on("error", () => answer.writeHead(502).end());
  ask.pipe(onward);
}

/** @param {import("node:child_process").ChildProcessWithoutNullStreams} program @returns {Promise<string>} the address the program says it has */
function said(program) {
  return new Promise((done, fail) => {
    let text = "";
    const read = (/** @type {Buffer} */ more) => {
      text += more;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(text);
      if (address) done(address[0]);
    };
    program.stdout.on("data", read);
    program.stderr.on("data", read);
    program.on("exit", () => fail(new Error(`the program ended: ${text}`)));
  });
}
