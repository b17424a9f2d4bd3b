// After each save the page shows what the server made of it: when the contact began, and beside a
// part that could not be read, why. (What was typed there is kept.) A number that is new is looked for.
export default function deskSaved(form) {
  let known = form.elements.phone.value;
  const noteOf = (field) => document.getElementById(`${field.id}_error`);

  function say(field, words) {
    const note = document.createElement("p");
    note.className = "field-error";
    note.id = `${field.id}_error`;
    note.textContent = words;
    field.classList.add("is-invalid");
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", `${note.id} ${field.id}_help`);
    field.closest(".field").append(note);
  }

  function unsay(field) {
    noteOf(field)?.remove();
    field.classList.remove("is-invalid");
    field.removeAttribute("aria-invalid");
    field.closest(".field").classList.remove("has-errors");
  }

  form.addEventListener("autosaved", ({ detail }) => {
    const refused = detail.refused ?? {};
    form.querySelectorAll("[name][aria-invalid]").forEach(unsay);
    for (const [name, words] of Object.entries(refused)) {
      const field = form.querySelector(`#id_${name}[name]`);
      if (field && !noteOf(field)) say(field, words);
    }
    const phone = form.elements.phone.value;
    if (phone !== known) form.dispatchEvent(new CustomEvent("phone-saved"));
    known = phone;
    const started = form.elements.started;
    if (!started.value && started !== document.activeElement) started.value = detail.started ?? "";
  });
}
