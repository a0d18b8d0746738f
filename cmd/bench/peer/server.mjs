// The result page as a Node.js programmer would serve it: Fastify routes, eta
// renders for every request from results that lie ready in memory, and two
// processes share the port. Nothing is decided here: that work is the site's alone.
//
//   node server.mjs DATA PORT
//
// DATA is what the benchmark took from the running site: the path of result
// pages, the headers to send, the frame of the page, and results by code. It
// ends when its standard input does, so that it never outlives the benchmark.
import cluster from "node:cluster";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import compress from "@fastify/compress";
import { Eta } from "eta";
import fastify from "fastify";

const processes = 2;
const [data, port] = process.argv.slice(2);

if (cluster.isPrimary) {
  for (let i = 0; i < processes; i++) cluster.fork();
  cluster.on("exit", () => process.exit(1));
  process.stdin.on("end", () => process.exit(0)).resume();
} else {
  process.on("disconnect", () => process.exit(0));
  await serve();
}

async function serve() {
  const { path, headers, top, bottom, results } = JSON.parse(readFileSync(data, "utf8"));
  const pages = new Map(Object.entries(results).map(([code, result]) => [code, { top, bottom, ...view(result) }]));
  const eta = new Eta({ views: fileURLToPath(new URL(".", import.meta.url)), cache: true });
  const app = fastify();
  // The level the site uses for what it makes anew. Plain requests pass through.
  await app.register(compress, { encodings: ["gzip"], zlibOptions: { level: 3 } });
  app.get(`${path}:code`, (request, reply) => {
    const page = pages.get(request.params.code);
    if (!page) return reply.callNotFound();
    return reply.headers(headers).type("text/html; charset=utf-8").send(eta.render("./result", page));
  });
  await app.listen({ host: "127.0.0.1", port: Number(port) });
}

/** What the template needs beside the result, made once: lookups, nothing written. */
function view(r) {
  const facts = new Map(r.facts.map((f) => [f.fact, f]));
  const byID = new Map(r.options.map((o, i) => [o.id, { ...o, place: i }]));
  const rating = (c, option) => c.ratings.find((cell) => cell.option === option);
  const strongest = (option) =>
    r.criteria
      .filter((c) => (option === r.margin?.ahead ? c.points > 0 : c.points < 0))
      .sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
      .slice(0, 3);
  const largest = (rows) => Math.max(1, ...rows.map((row) => Math.abs(row.points)));
  return { r, facts, byID, rating, strongest, largest };
}
