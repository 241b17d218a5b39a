// A questionnaire one question a screen. Back keeps the answers; a tap on the only answer of a card goes on; the keyboard does not rush.
"use strict";

(() => {
  const form = document.querySelector("[data-cards]");
  if (!form) return;
  const cards = [...form.querySelectorAll("[data-card]")];
  const back = form.querySelector("[data-back]"), forward = form.querySelector("[data-forward]"), save = form.querySelector("[data-save]");
  const place = form.querySelector("[data-card-place]");
  let at = 0;
  const hasFault = (card) => card.querySelector("[aria-invalid], .why:not([hidden]), .again:not([hidden])");
  const isAnswered = (card) => [...card.querySelectorAll("input.input, input:checked")].some((input) => input.value);

  function show(number, focus) {
    at = number;
    cards.forEach((card, index) => card.classList.toggle("away", index !== at));
    place.textContent = form.dataset.place.replace("%1", at + 1).replace("%2", cards.length);
    back.hidden = at === 0;
    const isLast = at === cards.length - 1;
    forward.hidden = isLast;
    save.classList.toggle("button-second", !isLast);
    if (focus) cards[at].querySelector("fieldset, h2")?.focus();
  }
  form.classList.add("one-by-one");
  back.addEventListener("click", () => show(at - 1, true));
  forward.addEventListener("click", () => show(at + 1, true));
  form.addEventListener("click", (event) => {
    // A click made by the keyboard has no detail: whoever moves through the answers with arrows is not carried away.
    const isTap = event.detail > 0 && event.target.matches("input[type=radio]");
    if (isTap && cards[at].hasAttribute("data-tap") && at < cards.length - 1) show(at + 1, true);
  });
  const fault = cards.findIndex(hasFault), open = cards.findIndex((card) => !isAnswered(card));
  show(fault >= 0 ? fault : open >= 0 ? open : 0, false);
})();
