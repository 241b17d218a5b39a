// Another unit: the typed number is converted and that is said; what was typed is what is saved, until it is typed over.
"use strict";

(() => {
  const form = document.querySelector("[data-visit]");
  if (!form) return;
  const typed = new Map();   // input -> {text, code, shown, converted}
  const FIGURES = 4;
  const words = document.querySelector("[data-unit-words]");

  const chosen = new Map();  // name of the radios -> the one that was chosen before
  for (const radio of form.querySelectorAll("[data-factor]:checked")) chosen.set(radio.name, radio);

  const plain = (text) => text.trim().replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xFEE0)).replace("−", "-");
  const inputsOf = (radio) => {
    const tries = radio.closest("fieldset")?.querySelector("[data-tries]");
    if (radio.name === "grip.unit") return tries ? [...tries.querySelectorAll("input")] : [];
    return [form.elements[radio.name.replace(/\.unit$/, "")]];
  };
  const shown = (number) => String(Number(number.toPrecision(FIGURES)));

  form.addEventListener("change", (event) => {
    const radio = event.target;
    if (!radio.matches("[data-factor]")) return;
    const before = chosen.get(radio.name);
    chosen.set(radio.name, radio);
    if (!before || before === radio) return;
    for (const input of inputsOf(radio)) convert(input, before, radio);
  });

  function convert(input, before, now) {
    const known = typed.get(input);
    const original = known && known.converted === input.value
      ? known : {text: input.value, code: before.value, shown: before.dataset.shown, factor: Number(before.dataset.factor)};
    const number = plain(original.text);
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(number)) return;
    input.value = original.code === now.value ? original.text : shown(Number(number) * original.factor / Number(now.dataset.factor));
    typed.set(input, {...original, converted: input.value});
    tell(input, original, now);
    input.dispatchEvent(new Event("input", {bubbles: true}));
  }
  function tell(input, original, now) {
    const line = document.getElementById(`${input.name}-told`);
    if (!line || !words) return;
    const isBack = original.code === now.value;
    line.hidden = isBack;
    if (isBack) { delete line.dataset.converted; line.textContent = ""; return; }
    line.dataset.converted = "";
    const from = `${original.text.trim()} ${original.shown}`, to = `${input.value} ${now.dataset.shown}`;
    line.textContent = words.dataset.converted.replaceAll("%1", from).replaceAll("%2", to);
    const meant = document.createElement("button");
    meant.type = "button";
    meant.className = "button button-quiet";
    meant.textContent = words.dataset.meant.replace("%1", `${original.text.trim()} ${now.dataset.shown}`);
    meant.addEventListener("click", () => {
      input.value = original.text;
      typed.delete(input);
      delete line.dataset.converted;
      line.hidden = true;
      input.focus();
      input.dispatchEvent(new Event("input", {bubbles: true}));
    });
    line.append(" ", meant);
  }

  // What is sent of a converted number is what was typed, in the unit that it was typed in.
  form.addEventListener("formdata", (event) => {
    const grip = new Set();
    for (const [input, original] of typed) {
      if (input.value !== original.converted) continue;
      const unit = input.closest("[data-tries]") ? "grip.unit" : `${input.name}.unit`;
      if (unit === "grip.unit") { grip.add(input); continue; }
      event.formData.set(input.name, original.text);
      event.formData.set(unit, original.code);
    }
    if (!grip.size) return;
    // All tries share one unit: it goes back to the one typed in only where every try was typed in it.
    const filled = [...form.querySelectorAll("[data-tries] input")].filter((input) => input.value);
    const codes = new Set(filled.map((input) => grip.has(input) ? typed.get(input).code : ""));
    if (codes.size !== 1 || codes.has("")) return;
    for (const input of grip) event.formData.set(input.name, typed.get(input).text);
    event.formData.set("grip.unit", [...codes][0]);
  });
})();
