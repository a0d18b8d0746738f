// Which pages of the served site are judged: all that the site map lists, and
// what only answers lead to.

/** @typedef {{name: string, path: string, status: number, type: string, body: string}} Page */

/** @param {string} origin @returns {Promise<Page[]>} */
export async function collect(origin) {
  const map = await get(origin, "/sitemap.xml", 200);
  const listed = [...map.body.matchAll(/<loc>([^<]+)<\/loc>/g)].map((m) => new URL(m[1]).pathname);
  const pages = [];
  for (const path of listed) pages.push(await get(origin, path, 200));
  for (const path of listed.filter((p) => /^\/[^/]+-vs-[^/]+$/.test(p))) pages.push(...(await answered(origin, path)));
  for (const path of ["/search", "/search?q=memory"]) pages.push(await get(origin, path, 200));
  pages.push(await get(origin, "/no-such-page", 404));
  return pages;
}

/**
 * The pages of one comparison that the site map does not list: results of
 * several readers with their drawing, several people's page, the form with
 * answers and with errors, the table filtered and weighed, and a link that was cut
 * off.
 *
 * @param {string} origin @param {string} comparison @returns {Promise<Page[]>}
 */
async function answered(origin, comparison) {
  const form = (await get(origin, `${comparison}/questions`, 200)).body;
  const results = [];
  for (const place of [0, 1]) results.push(await send(origin, comparison, choices(form, place)));
  results.push(await send(origin, comparison, new URLSearchParams()));
  const codes = results.map((path) => path.split("/").pop() ?? "");

  const group = /<select[^>]*name="group"[^>]*>.*?<option value="([^"]+)"/s.exec((await get(origin, `${comparison}/table`, 200)).body);
  const paths = [
    ...results,
    `${comparison}/together`,
    `${comparison}/together?r=${codes[0]}&r=${codes[1]}`,
    `${comparison}/questions?from=${codes[0]}`,
    `${comparison}/table?differ=10${group ? `&group=${group[1]}` : ""}`,
    `${comparison}/table?with=${codes[0]}`,
    `${results[0]}.svg`,
  ];
  const pages = [];
  for (const path of paths) pages.push(await get(origin, path, 200));
  pages.push(await get(origin, results[0].slice(0, -2), 404));

  const wrong = choices(form, 0);
  wrong.set([...wrong.keys()][0], "nonsense");
  const refused = await post(origin, comparison, wrong);
  expect(refused, 422, `POST ${comparison}/questions`);
  pages.push(await page("questions-with-errors", `${comparison}/questions`, refused));
  return pages;
}

/**
 * Answers every question of the form with the choice at the given place.
 *
 * @param {string} form @param {number} place
 */
function choices(form, place) {
  /** @type {Map<string, string[]>} */
  const offered = new Map();
  for (const [input] of form.matchAll(/<input[^>]*type="radio"[^>]*>/g)) {
    const name = /name="([^"]+)"/.exec(input)?.[1] ?? "";
    const value = /value="([^"]+)"/.exec(input)?.[1] ?? "";
    if (!name.includes(".")) offered.set(name, [...(offered.get(name) ?? []), value]);
  }
  return new URLSearchParams([...offered].map(([name, values]) => [name, values[place % (values.length - 1)]]));
}

/** @param {string} origin @param {string} comparison @param {URLSearchParams} answers */
function post(origin, comparison, answers) {
  return fetch(`${origin}${comparison}/questions`, { method: "POST", body: answers, redirect: "manual" });
}

/** @param {string} origin @param {string} comparison @param {URLSearchParams} answers @returns {Promise<string>} the path of the result */
async function send(origin, comparison, answers) {
  const response = await post(origin, comparison, answers);
  expect(response, 303, `POST ${comparison}/questions`);
  return new URL(response.headers.get("location") ?? "", origin).pathname;
}

/** @param {string} origin @param {string} path @param {number} status */
async function get(origin, path, status) {
  const response = await fetch(origin + path);
  expect(response, status, path);
  return page(path.replace(/[^a-z0-9.]+/gi, "-").replace(/^-|-$/g, "") || "home", path, response);
}

/** @param {Response} response @param {number} status @param {string} what */
function expect(response, status, what) {
  if (response.status !== status) throw new Error(`${what} answers ${response.status}, want ${status}`);
}

/** @param {string} name @param {string} path @param {Response} response @returns {Promise<Page>} */
async function page(name, path, response) {
  const type = response.headers.get("content-type") ?? "";
  return { name, path, status: response.status, type, body: await response.text() };
}
