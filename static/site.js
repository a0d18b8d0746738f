// The one script of the site. Every page works without it: it only adds a
// theme switch, tabs and copy buttons for code, the current section in the
// contents list, facts opened at their citations, a key for the search, and on
// the form a count of answers and a draft kept in this browser until it is sent.

/** @param {string} key @returns {string | null} */
function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is switched off: nothing is remembered
  }
}

/** @param {string} key @param {string | null} value */
function remember(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // storage is switched off or full
  }
}

/** @template {Element} T @param {string} selector @param {ParentNode} [root] @returns {T[]} */
function all(selector, root = document) {
  return /** @type {T[]} */ ([...root.querySelectorAll(selector)]);
}

const themes = ["system", "light", "dark"];

function themeSwitch() {
  const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-theme-switch]"));
  const name = button?.lastElementChild;
  if (!button || !name) return;
  const show = (/** @type {string} */ theme) => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    name.textContent = theme;
  };
  let theme = recall("theme") ?? "system";
  if (!themes.includes(theme)) theme = "system";
  show(theme);
  button.hidden = false;
  button.addEventListener("click", () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    remember("theme", theme === "system" ? null : theme);
    show(theme);
  });
}

/** @param {string} text @param {HTMLElement} button */
async function copy(text, button) {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Select and copy by hand";
  }
  setTimeout(() => (button.textContent = label), 2000);
}

function copyButtons() {
  for (const figure of all("figure.code")) {
    const caption = figure.querySelector("figcaption");
    const code = figure.querySelector("code");
    if (!caption || !code) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    const name = figure.querySelector(".code-title")?.textContent ?? "the code";
    button.setAttribute("aria-label", `Copy ${name}`);
    button.addEventListener("click", () => copy(code.textContent ?? "", button));
    caption.append(button);
  }
  for (const button of /** @type {HTMLButtonElement[]} */ (all("[data-copy]"))) {
    const field = /** @type {HTMLInputElement | null} */ (document.getElementById(button.dataset.copy ?? ""));
    if (!field) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      field.select();
      copy(field.value, button);
    });
  }
}

function codeTabs() {
  const pairs = all(".pair").map((pair) => ({ pair, figures: /** @type {HTMLElement[]} */ (all("figure.code", pair)) }));
  /** @param {string} option */
  const choose = (option) => {
    for (const { pair, figures } of pairs) {
      if (!figures.some((f) => f.dataset.option === option)) continue;
      for (const figure of figures) figure.hidden = figure.dataset.option !== option;
      for (const tab of /** @type {HTMLElement[]} */ (all("[role=tab]", pair))) {
        const on = tab.dataset.option === option;
        tab.setAttribute("aria-selected", String(on));
        tab.tabIndex = on ? 0 : -1;
      }
    }
  };
  pairs.forEach(({ pair, figures }, n) => addTabs(pair, figures, n, choose));
  const first = pairs[0]?.figures[0]?.dataset.option;
  if (first) choose(recall("code") ?? first);
}

/** @param {Element} pair @param {HTMLElement[]} figures @param {number} n @param {(option: string) => void} choose */
function addTabs(pair, figures, n, choose) {
  const list = document.createElement("div");
  list.className = "tabs";
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", "Code for");
  for (const figure of figures) {
    const option = figure.dataset.option ?? "";
    const tab = document.createElement("button");
    tab.type = "button";
    tab.setAttribute("role", "tab");
    tab.dataset.option = option;
    tab.textContent = figure.querySelector(".code-option")?.textContent ?? option;
    figure.id ||= `code-${n}-${option}`;
    tab.setAttribute("aria-controls", figure.id);
    tab.addEventListener("click", () => {
      const before = tab.getBoundingClientRect().top;
      choose(option);
      remember("code", option);
      // Tabs above this one changed height too: keep it where the reader sees it.
      window.scrollBy({ top: tab.getBoundingClientRect().top - before, behavior: "instant" });
    });
    list.append(tab);
  }
  list.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const tabs = /** @type {HTMLElement[]} */ (all("[role=tab]", list));
    const here = tabs.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const next = tabs[(here + (event.key === "ArrowRight" ? 1 : -1) + tabs.length) % tabs.length];
    next.click();
    next.focus();
  });
  pair.prepend(list);
}

function currentSection() {
  const list = document.querySelector(".reading .contents");
  const links = new Map(all(".reading .contents a").map((a) => [a.getAttribute("href")?.slice(1), a]));
  const headings = all(".prose h2[id]").filter((h) => links.has(h.id));
  if (!list || headings.length === 0) return;
  const passed = new Set(); // headings above the line, a quarter down the window
  const mark = () => {
    for (const a of links.values()) a.removeAttribute("aria-current");
    const link = links.get(headings.filter((h) => passed.has(h)).pop()?.id);
    if (!link) return;
    link.setAttribute("aria-current", "true");
    // The list may scroll by itself: keep the section in it.
    const beyond = link.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom;
    const before = link.getBoundingClientRect().top - list.getBoundingClientRect().top;
    if (beyond > 0) list.scrollTop += beyond + 8;
    else if (before < 0) list.scrollTop += before - 8;
  };
  // The area watched reaches far up, so that a heading passed stays in it, also
  // when a link jumps over it.
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) passed.add(entry.target);
        else passed.delete(entry.target);
      }
      mark();
    },
    { rootMargin: "1000000px 0px -75% 0px" },
  );
  for (const heading of headings) observer.observe(heading);
}

// A citation opens its fact where it stands. Without a script, or held with a
// key, it is a link to the list at the end.
function citations() {
  const prose = /** @type {HTMLElement | null} */ (document.querySelector("[data-facts]"));
  if (!prose || !("popover" in HTMLElement.prototype)) return;
  const note = document.createElement("div");
  note.className = "opened";
  note.popover = "auto";
  note.tabIndex = -1;
  note.setAttribute("role", "dialog");
  /** @type {HTMLAnchorElement | null} */
  let source = null; // the citation whose fact is open
  let again = false; // it was pressed while open, which has closed it
  /** @type {HTMLAnchorElement | null} */
  let wanted = null; // the citation whose fact is on its way

  /** @type {Promise<Map<string, {statement: string, doubt?: string}>> | null} */
  let facts = null;
  const fetched = () =>
    (facts ??= fetch(prose.dataset.facts ?? "")
      .then((answer) => answer.json())
      .then((list) => new Map(list.facts.map((/** @type {{id: string}} */ fact) => [fact.id, fact])))
      .catch(() => {
        facts = null; // the next citation asks again
        return new Map();
      }));

  const citation = (/** @type {Event} */ event) => {
    const target = /** @type {Element} */ (event.target);
    const link = /** @type {HTMLAnchorElement | null} */ (target.closest('a[href^="#cite-"]'));
    return link && !note.contains(link) ? link : null;
  };
  // What the facts say is asked for when a hand or the focus comes near one.
  for (const near of ["pointerover", "focusin"]) {
    prose.addEventListener(near, (event) => {
      if (citation(event)) fetched();
    });
  }
  prose.addEventListener("pointerdown", (event) => {
    again = source !== null && citation(event) === source;
  });
  prose.addEventListener("click", async (event) => {
    const click = /** @type {MouseEvent} */ (event);
    const link = citation(event);
    const item = link && document.getElementById(link.hash.slice(1));
    if (!link || !item || click.ctrlKey || click.metaKey || click.shiftKey || click.altKey) return;
    event.preventDefault();
    const same = again && click.detail > 0;
    again = false;
    if (same) return;
    wanted = link;
    // A slow line does not hold the reader up: then the sources alone open.
    const known = await Promise.race([fetched(), new Promise((late) => setTimeout(late, 700))]);
    if (wanted === link) open(link, item, known?.get(link.hash.slice("#cite-".length)));
  });

  /** @param {HTMLAnchorElement} link @param {HTMLElement} item @param {{statement: string, doubt?: string} | undefined} fact */
  const open = (link, item, fact) => {
    wanted = null;
    const sources = document.createElement("p");
    sources.append(...[...item.cloneNode(true).childNodes].filter((n) => !(n instanceof Element && n.matches(".back"))));
    const texts = fact ? [fact.statement, ...(fact.doubt ? [`Read with care. ${fact.doubt}`] : [])] : [];
    const said = texts.map((text) => Object.assign(document.createElement("p"), { textContent: text }));
    note.replaceChildren(...said, sources);
    const number = [...(item.parentElement?.children ?? [])].indexOf(item) + 1;
    note.setAttribute("aria-label", `Source ${number}`);
    const end = document.createElement("p");
    const close = document.createElement("button");
    close.type = "button";
    close.className = "copy";
    close.textContent = "Close";
    close.addEventListener("click", () => note.hidePopover());
    const list = document.createElement("a");
    list.href = link.hash;
    list.textContent = "In the list of sources";
    list.addEventListener("click", () => note.hidePopover());
    end.append(close, list);
    note.append(end);
    // Beside the citation in the page too, so that Tab goes on from there.
    (link.closest("sup") ?? link).after(note);
    note.showPopover();
    place(link);
    source = link;
    note.focus({ preventScroll: true });
  };

  /** @param {HTMLAnchorElement} link */
  const place = (link) => {
    const at = link.getClientRects()[0];
    const below = at.bottom + 6;
    const top = below + note.offsetHeight > innerHeight && at.top > note.offsetHeight ? at.top - note.offsetHeight - 6 : below;
    const widest = document.documentElement.clientWidth - note.offsetWidth - 16;
    note.style.top = `${top + scrollY}px`;
    note.style.left = `${Math.max(16, Math.min(at.left - 24, widest)) + scrollX}px`;
  };

  note.addEventListener("focusout", (event) => {
    const to = /** @type {Node | null} */ (event.relatedTarget);
    if (source && to && !note.contains(to)) note.hidePopover();
  });
  note.addEventListener("beforetoggle", (event) => {
    if (/** @type {ToggleEvent} */ (event).newState !== "closed" || !source) return;
    const from = source;
    source = null;
    if (note.contains(document.activeElement)) from.focus({ preventScroll: true });
  });
}

function searchKey() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (/** @type {Element} */ (event.target).closest("input, textarea, select, [contenteditable]")) return;
    const box = /** @type {HTMLInputElement[]} */ (all('input[name="q"]')).find((b) => b.checkVisibility?.() ?? b.offsetParent);
    const link = /** @type {HTMLElement | null} */ (document.querySelector(".search-link"));
    if (!box && !link) return;
    event.preventDefault();
    (box ?? link)?.focus();
    box?.select();
  });
}

function form() {
  const element = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-questions]"));
  if (!element) return;
  const key = `answers:${element.dataset.questions}`;
  const progress = /** @type {HTMLElement | null} */ (element.querySelector("[data-progress]"));
  const questions = all("fieldset.question", element);
  const count = () => {
    const answered = questions.filter((q) => {
      const radio = /** @type {HTMLInputElement | null} */ (q.querySelector(`input[name="${q.id}"]:checked`));
      return radio && radio.value !== "unsure";
    }).length;
    if (progress) {
      progress.hidden = false;
      progress.textContent = `${answered} of ${questions.length} answered`;
    }
    return answered;
  };
  const fresh = !location.search && !document.querySelector("[data-error-summary]");
  if (fresh && restore(element, recall(key))) noteRestored(element, key);
  count();
  element.addEventListener("change", () => {
    count();
    remember(key, new URLSearchParams(/** @type {any} */ (new FormData(element))).toString());
  });
  element.addEventListener("submit", () => remember(key, null));
  /** @type {HTMLElement | null} */ (document.querySelector("[data-error-summary]"))?.focus();
}

/** @param {HTMLFormElement} element @param {string | null} draft @returns {boolean} */
function restore(element, draft) {
  let restored = false;
  for (const [name, value] of new URLSearchParams(draft ?? "")) {
    const radio = all("input[type=radio]", element).find(
      (r) => /** @type {HTMLInputElement} */ (r).name === name && /** @type {HTMLInputElement} */ (r).value === value,
    );
    if (!radio) continue;
    /** @type {HTMLInputElement} */ (radio).checked = true;
    restored ||= value !== "unsure" && !name.includes(".");
  }
  return restored;
}

/** @param {HTMLFormElement} element @param {string} key */
function noteRestored(element, key) {
  const note = document.createElement("p");
  note.className = "notice restored";
  note.setAttribute("role", "status");
  note.textContent = "Your answers from last time are filled in. They were kept in this browser only. ";
  const clear = document.createElement("button");
  clear.type = "button";
  clear.className = "copy";
  clear.textContent = "Start again";
  clear.addEventListener("click", () => {
    element.reset();
    note.remove();
    element.dispatchEvent(new Event("change"));
    remember(key, null);
  });
  note.append(clear);
  // At the end, where it sticks to the edge of the window: nothing moves for it.
  element.append(note);
}

themeSwitch();
codeTabs();
copyButtons();
currentSection();
citations();
searchKey();
form();
