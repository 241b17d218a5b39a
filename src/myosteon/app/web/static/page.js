// What every page needs: focus after a refused save, a password that can be shown, a toast that leaves.
"use strict";

const FOCUSED = document.querySelector("[data-focus]");
if (FOCUSED) FOCUSED.focus();

for (const button of document.querySelectorAll("[data-show]")) {
  const input = document.getElementById(button.dataset.show);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    [button.textContent, button.dataset.other] = [button.dataset.other, button.textContent];
    input.focus();
  });
}

const TOAST_MILLISECONDS = 6000;
for (const toast of document.querySelectorAll("[data-toast]")) {
  setTimeout(() => toast.remove(), TOAST_MILLISECONDS);
}

// A page that is printed shows what is folded.
window.addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details:not([open])")) {
    folded.open = true;
    folded.dataset.openedToPrint = "";
  }
});
window.addEventListener("afterprint", () => {
  for (const opened of document.querySelectorAll("[data-opened-to-print]")) {
    opened.open = false;
    delete opened.dataset.openedToPrint;
  }
});
