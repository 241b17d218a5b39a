// The form of a visit: verdicts while one types, what is said of each field, and a save that loses nothing.
// What is typed stands in the page alone and is never put into the browser's storage: a computer in a clinic is shared.
"use strict";

(() => {
  const form = document.querySelector("[data-visit]");
  if (!form) return;
  const WAIT_AFTER_KEY = 350, SHORTEST_GAP = 1000;
  const stateLine = document.querySelector("[data-state]");
  const lost = form.querySelector("[data-lost]");
  const left = new Set(form.querySelectorAll ? [...form.querySelectorAll("[aria-invalid]")].map((input) => input.name) : []);
  const body = () => new URLSearchParams(new FormData(form)).toString();
  let kept = body(), asked = kept, answer = null, heard = "", timer = 0, last = 0, busy = false, leaving = false;

  // --- not saved yet ---
  const isUnsaved = () => body() !== kept;
  function showState() {
    if (!stateLine) return;
    stateLine.dataset.saved ??= stateLine.textContent;
    const unsaved = isUnsaved();
    stateLine.textContent = unsaved ? stateLine.dataset.unsaved : stateLine.dataset.saved;
    stateLine.classList.toggle("unsaved", unsaved);
  }
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && isUnsaved()) event.preventDefault();
  });
  function say(kind) {
    lost.hidden = !kind;
    const line = lost.querySelector("[data-said]");
    if (kind && line.textContent !== lost.dataset[kind]) line.textContent = lost.dataset[kind];
    lost.dataset.kind = kind || "";
  }

  // --- the verdict, at most once a second and only where something changed ---
  function soon() {
    showState();
    clearTimeout(timer);
    timer = setTimeout(ask, Math.max(WAIT_AFTER_KEY, last + SHORTEST_GAP - Date.now()));
  }
  async function ask() {
    const now = body();
    if (busy || now === asked) return true;
    busy = true;
    last = Date.now();
    try {
      const reply = await fetch(form.dataset.livePath, {
        method: "POST",
        headers: {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
        body: now,
      });
      if (reply.status === 401) return say("signedOut"), false;
      if (!reply.ok) return true;
      asked = now;
      if (lost.dataset.kind) say(lost.dataset.kind === "offline" ? "back" : "");
      answer = await reply.json();
      show();
      return true;
    } catch {
      say("offline");
      return false;
    } finally {
      busy = false;
      if (body() !== now) soon();
    }
  }
  function show() {
    if (!answer) return;
    showVerdicts();
    for (const [name, said] of Object.entries(answer.fields)) showField(name, said);
    for (const [id, said] of Object.entries(answer.groups)) showGroup(id, said);
    const answers = form.querySelector("[data-answers]");
    if (answers) answers.replaceChildren(...answer.answers.map((text) => element("li", "", text)));
    const region = document.querySelector("[data-heard]"), sentence = shownNow();
    if (region && sentence !== heard) region.textContent = sentence;
    heard = sentence;
  }
  // What stands there to be read, as one text: the verdicts, or what the answers of a questionnaire come to.
  function shownNow() {
    return [...document.querySelectorAll("[data-verdicts] .verdict > .small, [data-answers] li")].map((line) => line.textContent).join(". ");
  }
  function element(tag, look, text) {
    const made = document.createElement(tag);
    if (look) made.className = look;
    if (text) made.textContent = text;
    return made;
  }
  function ladder(verdict, mini) {
    const made = element(mini ? "span" : "ol", mini ? "ladder-mini" : "ladder");
    made.setAttribute("aria-label", verdict.said);
    if (mini) made.setAttribute("role", "img");
    for (const [text, state] of verdict.rungs) made.append(element(mini ? "span" : "li", `rung rung-${state}`, mini ? "" : text));
    return made;
  }
  function showVerdicts() {
    const side = document.querySelector("[data-live]"), dock = document.querySelector("[data-dock]");
    if (!side) return;
    side.querySelector("[data-verdicts]").replaceChildren(...answer.verdicts.map((verdict) => {
      const made = element("div", "verdict");
      if (verdict.rungs.length) made.append(element("p", "verdict-name", verdict.name), ladder(verdict, false));
      made.append(element("p", "small", verdict.sentence));
      return made;
    }));
    side.querySelector("[data-next]").replaceChildren(...answer.next.map(([text, detail], place) => {
      const made = element("li"), words = element("div"), what = element("p");
      what.append(element("b", "", text));
      words.append(what, element("p", "small", detail));
      made.append(element("span", "ord", String(place + 1)), words);
      return made;
    }));
    side.querySelector("[data-nothing]").hidden = answer.next.length > 0;
    if (!dock) return;
    const first = answer.verdicts[0];
    dock.querySelector("[data-dock-sentence]").textContent = first.sentence;
    dock.querySelector("[data-dock-next]").textContent = answer.next.length ? form.dataset.nextSaid.replace("%1", answer.next[0][0]) : "";
    dock.querySelector("[data-dock-rungs]").replaceChildren(ladder(first, true));
  }
  // A field is told off when it was left, not while somebody is still typing.
  function showField(name, said) {
    if (!left.has(name)) return;
    const input = form.querySelector(`[name="${name}"]:not([type=radio]):not([type=hidden]):not([type=checkbox])`);
    if (!input) return;
    const isTry = Boolean(input.closest("[data-tries]"));
    input.toggleAttribute("aria-invalid", Boolean(said.problem));
    if (said.problem) input.setAttribute("aria-invalid", "true");
    input.closest(".guard")?.classList.toggle("refused", Boolean(said.problem));
    write(document.getElementById(`${name}-why`), said.problem);
    const caution = document.getElementById(isTry ? "grip-caution" : `${name}-caution`);
    if (caution && (!isTry || said.keep)) {
      caution.querySelector("[data-keep]").textContent = said.keep;
      write(caution, said.caution, Boolean(said.keep));
    }
    const told = document.getElementById(`${name}-told`);
    if (told && !told.dataset.converted) write(told, said.told);
  }
  function write(where, text, stays) {
    if (!where) return;
    const line = where.matches("[data-said]") ? where : where.querySelector("[data-said]");
    if (line.textContent !== text) line.textContent = text;
    where.hidden = !text && !stays;
  }
  function showGroup(id, said) {
    const group = form.querySelector(`[data-group="${id}"]`), line = group?.querySelector("[data-best-said]");
    if (!line) return;
    if (line.textContent !== said.said) line.textContent = said.said;
    const criterion = group.querySelector("[data-grip-said]");
    if (criterion && criterion.textContent !== answer.grip) criterion.textContent = answer.grip;
    for (const input of group.querySelectorAll("[data-tries] .input")) input.classList.toggle("best", input.name === said.best);
  }

  // To keep is said of one number: typed over, it is asked again.
  form.addEventListener("input", (event) => {
    if (!event.target.matches("input.input")) return;
    const keep = form.elements[event.target.closest("[data-tries]") ? "grip.keep" : `${event.target.name}.keep`];
    if (keep) keep.checked = false;
  });
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("focusout", (event) => {
    const name = event.target.name;
    if (!name || !("value" in event.target)) return;
    if (event.target.value || left.has(name)) left.add(name);
    if (answer && body() === asked) show();
    else soon();
  });

  // --- Enter goes to the next field; in the tries, to the next empty one. It never sends half a form by itself. ---
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("input.input")) return;
    event.preventDefault();
    const tries = event.target.closest("[data-tries]");
    const empty = tries && [...tries.querySelectorAll("input")].find((input) => !input.value && input !== event.target);
    const all = [...form.querySelectorAll("input.input, select, textarea, button[name=go]")].filter((one) => one.offsetParent);
    const after = all[all.indexOf(event.target) + 1];
    (event.target.value && empty ? empty : tries ? next(all, tries) : after)?.focus();
  });
  function next(all, tries) {
    const inside = all.filter((one) => tries.contains(one));
    return all[all.indexOf(inside[inside.length - 1]) + 1];
  }

  // --- a save first asks whether anybody is there: a browser's own error page would take what was typed away ---
  form.addEventListener("submit", async (event) => {
    if (leaving) return;
    event.preventDefault();
    const button = event.submitter;
    const there = await reach();
    if (!there) {
      lost.scrollIntoView({block: "center"});
      lost.focus();
      return;
    }
    leaving = true;
    form.requestSubmit(button);
  });
  async function reach() {
    try {
      const reply = await fetch(form.dataset.livePath, {
        method: "POST",
        headers: {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
        body: body(),
      });
      if (reply.status === 401) return say("signedOut"), false;
      return true;
    } catch {
      say("offline");
      return false;
    }
  }
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("offline", () => { if (isUnsaved()) say("offline"); });
  window.addEventListener("online", () => { asked = ""; soon(); });
  for (const input of form.querySelectorAll(".input")) if (input.value) left.add(input.name);
  heard = shownNow();
  showState();
})();
