// Finds a need among many by any everyday word for it; without this the list is simply complete.
const list = document.querySelector(".trellis-needs");
const items = [...list.querySelectorAll(".nhsuk-checkboxes__item")];
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const label = document.createElement("label");
label.className = "nhsuk-label";
label.htmlFor = "needs-filter";
label.textContent = "Type to find one, such as debt, lonely or damp";
const box = document.createElement("input");
box.id = "needs-filter";
box.type = "search";
box.autocomplete = "off";
box.className = "nhsuk-input nhsuk-input--width-20";
const said = document.createElement("p");
said.className = "nhsuk-hint trellis-needs__said";
said.setAttribute("role", "status");
const place = document.createElement("div");
place.className = "trellis-needs__filter";
place.append(label, box, said);
list.before(place);

function matches(item, words) {
  const text = folded(`${item.textContent} ${item.dataset.words}`);
  return words.every((word) => text.includes(word));
}

function show() {
  const words = folded(box.value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const item of items) {
    const match = matches(item, words);
    found += match ? 1 : 0;
    item.hidden = !match && !item.querySelector("input").checked;
  }
  for (const group of list.querySelectorAll(".trellis-needs__group")) {
    group.hidden = !group.querySelector(".nhsuk-checkboxes__item:not([hidden])");
  }
  said.textContent = words.length === 0 ? "" : found === 1 ? "1 need found" : `${found} needs found`;
}

box.addEventListener("input", show);
box.addEventListener("keydown", (event) => {
  // Enter ticks the only one found; it never sends a half-filled page.
  if (event.key !== "Enter") return;
  event.preventDefault();
  const found = items.filter((item) => !item.hidden && !item.querySelector("input").checked);
  if (found.length !== 1) return;
  found[0].querySelector("input").click();
  box.value = "";
  show();
  said.textContent = `Ticked: ${found[0].textContent.trim()}`;
});
