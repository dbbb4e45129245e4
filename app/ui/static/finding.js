// A map beside the list, and sharing; the list and its link are complete without it.
const L = window.L;
const wide = window.matchMedia("(min-width: 60em)");

for (const narrow of document.querySelectorAll(".trellis-narrow")) {
  if (wide.matches) narrow.open = true;
}

const APART = 48; // pixels between two pins, so that a thumb can tell them apart

function pin(numbers) {
  const label = document.createElement("span");
  label.textContent = numbers.length > 2 ? `${numbers[0]}+${numbers.length - 1}` : numbers.join(", ");
  return L.divIcon({ html: label, className: "trellis-map__pin", iconSize: [44, 44], iconAnchor: [22, 22] });
}

function words(items) {
  const box = document.createElement("div");
  for (const item of items) {
    const where = document.createElement("p");
    where.textContent = item.querySelector("p").textContent;
    box.append(item.querySelector("a").cloneNode(true), where);
  }
  return box;
}

const place = (item) => [Number(item.dataset.latitude), Number(item.dataset.longitude)];

// Services that would lie on each other share a pin.
function together(map, items) {
  const groups = [];
  for (const item of items) {
    const point = map.latLngToContainerPoint(place(item));
    const near = groups.find((group) => group.point.distanceTo(point) < APART);
    if (near) near.items.push(item);
    else groups.push({ point, items: [item] });
  }
  return groups.map((group) => group.items);
}

function draw(ground) {
  const items = [...document.querySelectorAll(".trellis-result[data-number]")];
  const still = { fadeAnimation: false, zoomAnimation: false, markerZoomAnimation: false };
  const map = L.map(ground, { attributionControl: false, zoomControl: false, ...still });
  L.control.zoom({ position: "topright", zoomInText: "+", zoomOutText: "−" }).addTo(map);
  if (ground.dataset.tiles) L.tileLayer(ground.dataset.tiles, { maxZoom: 19 }).addTo(map);
  const pins = L.layerGroup().addTo(map);
  const show = () => {
    pins.clearLayers();
    for (const some of together(map, items)) {
      const name = some.map((item) => `${item.dataset.number}: ${item.querySelector("a").textContent}`).join("; ");
      const icon = pin(some.map((item) => item.dataset.number));
      const marker = L.marker(place(some[0]), { icon, title: name }).bindPopup(() => words(some), { maxWidth: 220 }).addTo(pins);
      marker.getElement().setAttribute("aria-label", name);
    }
  };
  map.fitBounds(items.map(place), { paddingTopLeft: [40, 40], paddingBottomRight: [90, 40], maxZoom: 15 });
  show();
  map.on("zoomend", show);
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
