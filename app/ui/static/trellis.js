// Makes pages easier; every page works without it.
import { initAll } from "./nhsuk/nhsuk-frontend.min.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();

// Leaving a form with answers in it asks first; sending it does not.
for (const form of document.querySelectorAll('form[method="post"]')) {
  let touched = false;
  form.addEventListener("input", () => { touched = true; });
  form.addEventListener("submit", () => { touched = false; });
  window.addEventListener("beforeunload", (event) => { if (touched) event.preventDefault(); });
}

// A page taken back from the browser's memory after signing out is asked for again.
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// "Select all" boxes: <input type="checkbox" data-trellis-all="name-of-the-boxes">
for (const all of document.querySelectorAll("[data-trellis-all]")) {
  const boxes = () => document.getElementsByName(all.dataset.trellisAll);
  all.closest("[hidden]")?.removeAttribute("hidden");
  all.addEventListener("change", () => { for (const box of boxes()) box.checked = all.checked; });
}
