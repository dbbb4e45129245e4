// A map beside the list, and sharing; the list and its link are complete without it.
const L = window.L;
const wide = window.matchMedia("(min-width: 60em)");

for (const narrow of document.querySelectorAll(".trellis-narrow")) {
  if (wide.matches) narrow.open = true;
}

function pin(number) {
  const label = document.createElement("span");
  label.textContent = number;
  return L.divIcon({ html: label, className: "trellis-map__pin", iconSize: [44, 44], iconAnchor: [22, 22] });
}

function words(item) {
  const box = document.createElement("div");
  const link = item.querySelector("a").cloneNode(true);
  const where = document.createElement("p");
  where.textContent = item.querySelector("p").textContent;
  box.append(link, where);
  return box;
}

function draw(ground) {
  const items = [...document.querySelectorAll(".trellis-result[data-number]")];
  const map = L.map(ground, { attributionControl: false, zoomControl: false });
  L.control.zoom({ zoomInText: "+", zoomOutText: "−" }).addTo(map);
  if (ground.dataset.tiles) L.tileLayer(ground.dataset.tiles, { maxZoom: 19 }).addTo(map);
  const places = items.map((item) => {
    const at = [Number(item.dataset.latitude), Number(item.dataset.longitude)];
    const name = `${item.dataset.number}: ${item.querySelector("a").textContent}`;
    const marker = L.marker(at, { icon: pin(item.dataset.number), title: name, alt: name });
    marker.bindPopup(() => words(item)).addTo(map);
    return at;
  });
  map.fitBounds(places, { padding: [30, 30], maxZoom: 15 });
  return map;
}

for (const part of document.querySelectorAll(".trellis-map")) {
  if (!L) break;
  part.hidden = false;
  document.body.classList.add("trellis-has-map");
  let map = null;
  const show = () => {
    if (part.open) map = map || draw(part.querySelector(".trellis-map__ground"));
    map?.invalidateSize();
  };
  part.addEventListener("toggle", show);
  if (wide.matches) part.open = true;
}

function reveal(name, usable, act) {
  for (const button of document.querySelectorAll(`[data-${name}]`)) {
    if (!usable) continue;
    button.closest("li").hidden = false;
    button.addEventListener("click", () => act(button, button.closest(".trellis-around").querySelector("[data-said]")));
  }
}

reveal("print", true, () => window.print());
reveal("share", Boolean(navigator.share), async (button) => {
  try {
    await navigator.share({ title: document.title, url: button.dataset.share });
  } catch { /* whoever changed their mind has not shared it */ }
});
reveal("copy", Boolean(navigator.clipboard), async (button, said) => {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    said.textContent = "The link has been copied.";
  } catch {
    said.textContent = "The link could not be copied. Copy it from the line above.";
  }
});
