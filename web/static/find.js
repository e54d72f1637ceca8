// Suggests things while somebody types in the box of the frame: a combobox with
// a list, as the ARIA practices describe it. Without it the form searches.

const form = document.querySelector("form.find");
const box = form?.querySelector("input");

const list = document.createElement("ul");
list.className = "suggestions";
list.id = "suggestions";
list.role = "listbox";
list.ariaLabel = "Things with such a name";
list.hidden = true;

const said = document.createElement("p");
said.className = "hidden";
said.role = "status";

let asked = null; // the request under way
let timer = 0;
let active = -1;

function close() {
  list.hidden = true;
  active = -1;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function choose(i) {
  const options = [...list.children];
  active = options.length ? (i + options.length + 1) % (options.length + 1) : -1;
  if (active === options.length) active = -1; // back in the box
  for (const [k, option] of options.entries()) option.setAttribute("aria-selected", String(k === active));
  if (active < 0) {
    box.removeAttribute("aria-activedescendant");
    return;
  }
  box.setAttribute("aria-activedescendant", options[active].id);
  options[active].scrollIntoView({ block: "nearest" });
}

function show(found, classes) {
  list.replaceChildren(...found.map((thing, i) => {
    const option = document.createElement("li");
    option.id = `suggestion-${i}`;
    option.role = "option";
    option.setAttribute("aria-selected", "false");
    option.dataset.address = thing.address;
    const label = document.createElement("span");
    label.dir = "auto";
    label.textContent = thing.name ? `${thing.label} (${thing.name})` : thing.label;
    const kind = document.createElement("span");
    kind.className = "class";
    kind.textContent = classes(thing);
    option.append(label, kind);
    return option;
  }));
  list.hidden = found.length === 0;
  active = -1;
  box.setAttribute("aria-expanded", String(!list.hidden));
  box.removeAttribute("aria-activedescendant");
  said.textContent = found.length === 1 ? "1 thing" : `${found.length} things`;
}

async function suggest() {
  asked?.abort();
  const text = box.value.trim();
  if (text.length < 2 || text.includes("\n")) return close();
  asked = new AbortController();
  try {
    const answer = await fetch(`/search.json?typing=1&q=${encodeURIComponent(text)}`, { signal: asked.signal });
    if (answer.ok) show(await answer.json(), (thing) => (thing.class ?? "").toLowerCase());
  } catch (error) {
    if (error.name !== "AbortError") close();
  }
}

if (box) {
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) box.setAttribute(name, value);
  form.append(list, said);
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, 120);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      close();
      event.preventDefault();
    } else if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      choose(active < 0 ? (event.key === "ArrowDown" ? 0 : -1) : active + (event.key === "ArrowDown" ? 1 : -1));
      event.preventDefault();
    } else if (event.key === "ArrowDown" && list.hidden) {
      suggest();
    } else if (event.key === "Enter" && active >= 0) {
      location.assign(list.children[active].dataset.address);
      event.preventDefault();
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("li");
    if (option) location.assign(option.dataset.address);
  });
  box.addEventListener("blur", close);
  // "/" leads to the box from anywhere on the page.
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest?.("input, textarea, select, [contenteditable]")) {
      box.focus();
      box.select();
      event.preventDefault();
    }
  });
}
