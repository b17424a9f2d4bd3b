// A place is typed without accents and chosen from the list by arrow keys, Enter or a tap.
const PAUSE = 150;

function option(match, id) {
  const item = document.createElement("li");
  item.id = id;
  item.className = "picker-option";
  item.setAttribute("role", "option");
  item.dataset.key = match.key;
  item.dataset.name = match.name;
  const name = document.createElement("span");
  name.className = "picker-name";
  name.textContent = match.name;
  const note = document.createElement("span");
  note.className = "picker-note";
  note.textContent = [match.parent_name, match.says].filter(Boolean).join(" · ");
  item.append(name, note);
  return item;
}

export default function placePicker(box) {
  const part = (name) => box.querySelector(`[data-picker=${name}]`);
  const [value, text, list, status] = ["value", "text", "list", "status"].map(part);
  let timer = 0, asked = 0, active = -1, chosenName = text.value;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const close = () => {
    list.hidden = true;
    active = -1;
    text.setAttribute("aria-expanded", "false");
    text.removeAttribute("aria-activedescendant");
  };

  function mark(index) {
    const all = options();
    active = all.length ? (index + all.length) % all.length : -1;
    all.forEach((one, number) => one.setAttribute("aria-selected", String(number === active)));
    if (active < 0) return;
    text.setAttribute("aria-activedescendant", all[active].id);
    all[active].scrollIntoView({ block: "nearest" });
  }

  function choose(item) {
    set(item.dataset.key);
    chosenName = text.value = item.dataset.name;
    close();
  }

  function set(key) {
    if (value.value === key) return;
    value.value = key;
    for (const name of ["input", "change"]) value.dispatchEvent(new Event(name, { bubbles: true }));
  }

  async function find() {
    const query = new URLSearchParams({ q: text.value, format: "json" });
    for (const name of ["within", "level"]) if (box.dataset[name]) query.set(name, box.dataset[name]);
    const number = ++asked;
    const response = await fetch(`${box.dataset.url}?${query}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!response?.ok || number !== asked) return;
    const { matches } = await response.json();
    list.replaceChildren(...matches.map((match, index) => option(match, `${list.id}_${index}`)));
    status.textContent = matches.length ? box.dataset.found.replace("%s", matches.length) : box.dataset.none;
    if (!matches.length) {
      const none = document.createElement("li");
      none.className = "picker-none";
      none.textContent = box.dataset.none;
      list.append(none);
    }
    list.hidden = document.activeElement !== text;
    text.setAttribute("aria-expanded", String(!list.hidden));
    mark(0);
  }

  text.addEventListener("input", (event) => {
    event.stopPropagation(); // the form is saved when a place is chosen, not while one types its name
    set("");
    clearTimeout(timer);
    if (text.value.trim()) timer = setTimeout(find, PAUSE);
    else close();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden && text.value.trim()) find();
      else mark(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      choose(options()[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
  });
  text.addEventListener("blur", () => {
    if (!list.hidden && active >= 0 && !value.value) choose(options()[active]);
    else if (value.value) text.value = chosenName;
    close();
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const item = event.target.closest("[role=option]");
    if (item) choose(item);
  });
}
