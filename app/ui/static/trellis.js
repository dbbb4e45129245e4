// Makes pages easier; every page works without it.
import { initAll } from "./nhsuk/nhsuk-frontend.min.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");
initAll();

// Before a form is sent: is the service there? If not, stay on the page with what was typed.
const PATIENCE = 5000;

function say(form, words) {
  let line = form.querySelector(".trellis-unsent");
  if (!line) {
    line = document.createElement("p");
    line.className = "trellis-unsent";
    line.setAttribute("role", "alert");
    form.append(line);
  }
  line.textContent = words;
}

async function reachable() {
  try {
    const answer = await fetch("/health/live", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return answer.ok;
  } catch {
    return false;
  }
}

for (const form of document.querySelectorAll('form[method="post"]')) {
  let sure = false;
  form.addEventListener("submit", async (event) => {
    if (sure) { sure = false; return; }
    event.preventDefault();
    const button = event.submitter;
    if (await reachable()) {
      sure = true;
      form.requestSubmit(button);
    } else {
      say(form, "There is no connection. Nothing has been sent and nothing you typed is lost: keep this page open and try again.");
    }
  });
}

// A page taken back from the browser's memory after signing out is asked for again.
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// "Select all" boxes: <input type="checkbox" data-trellis-all="name-of-the-boxes">
for (const all of document.querySelectorAll("[data-trellis-all]")) {
  const boxes = () => document.getElementsByName(all.dataset.trellisAll);
  all.closest("[hidden]")?.removeAttribute("hidden");
  all.addEventListener("change", () => { for (const box of boxes()) box.checked = all.checked; });
}

// The time left of something that closes by itself: counted down, and then the page is asked for again.
for (const left of document.querySelectorAll("[data-trellis-until]")) {
  const until = Date.parse(left.dataset.trellisUntil);
  const timer = setInterval(() => {
    const minutes = Math.ceil((until - Date.now()) / 60000);
    if (minutes > 0) { left.textContent = minutes === 1 ? "1 minute left" : `${minutes} minutes left`; return; }
    clearInterval(timer);
    left.textContent = "the time is over";
    document.querySelector("main").hidden = true;
  }, 10000);
}
