// A stopwatch that writes its time into a field, where it can be typed over. Start and stop by tap or space bar; the screen stays awake.
// What is counted (rises) stops the clock at the last one. Broken off, it writes nothing: whether the person could not is never inferred.
"use strict";

(() => {
  const TENTH = 100;
  let awake = null;
  async function stayAwake(on) {
    try {
      if (on && navigator.wakeLock) awake = await navigator.wakeLock.request("screen");
      if (!on && awake) { await awake.release(); awake = null; }
    } catch { awake = null; }
  }

  for (const watch of document.querySelectorAll("[data-watch]")) {
    const field = document.getElementById(watch.dataset.watch);
    const face = watch.querySelector("output"), key = watch.querySelector("[data-key]"), abort = watch.querySelector("[data-abort]");
    const line = watch.querySelector("[data-count-line]"), said = watch.querySelector("[data-watch-said]");
    const count = Number(watch.dataset.count || 0), ready = line.textContent, data = watch.dataset;
    let began = 0, done = 0, running = false, ticking = 0;
    watch.hidden = false;

    const seconds = (milliseconds) => (Math.round(milliseconds / TENTH) / 10).toFixed(1);
    const put = (pattern, ...parts) => parts.reduce((text, part, place) => text.replace(`%${place + 1}`, part), pattern);
    const label = () => { key.textContent = running ? (count ? put(data.rise, done + 1, count) : data.stop) : field.value ? data.again : data.start; };

    function start(at) {
      [began, done, running] = [at, 0, true];
      watch.classList.add("running");
      abort.hidden = !count;
      line.textContent = count ? put(data.countSaid, done, count) : ready;
      ticking = setInterval(() => { face.textContent = seconds(performance.now() - began); }, TENTH);
      stayAwake(true);
      label();
    }
    function halt() {
      running = false;
      clearInterval(ticking);
      watch.classList.remove("running");
      abort.hidden = true;
      stayAwake(false);
    }
    function stop(at) {
      halt();
      const time = seconds(at - began);
      face.textContent = time;
      field.value = time;
      line.textContent = data.written;
      said.textContent = `${time} s. ${data.written}`;
      field.dispatchEvent(new Event("input", {bubbles: true}));
      field.dispatchEvent(new Event("focusout", {bubbles: true}));
      label();
    }
    function tap() {
      const at = performance.now();
      if (!running) return start(at);
      if (!count) return stop(at);
      done += 1;
      if (done >= count) return stop(at);
      line.textContent = put(data.countSaid, done, count);
      label();
    }
    key.addEventListener("click", tap);
    abort.addEventListener("click", () => {
      const counted = done;
      halt();
      face.textContent = "0.0";
      line.textContent = said.textContent = put(data.broken, counted, count);
      label();
      key.focus();
    });
    field.addEventListener("input", () => { if (!running) label(); });
    if (field.value) face.textContent = field.value;
    label();
    watch.tap = tap;
    watch.isRunning = () => running;
  }

  // The space bar works wherever nothing else would take it: a running clock first, else the last one that was used.
  let used = null;
  document.addEventListener("click", (event) => { used = event.target.closest("[data-watch]") || used; });
  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.repeat || event.target.closest("input, textarea, select, button, a, summary")) return;
    const watches = [...document.querySelectorAll("[data-watch]")];
    const watch = watches.find((one) => one.isRunning()) || used;
    if (!watch) return;
    event.preventDefault();
    watch.tap();
  });
})();
