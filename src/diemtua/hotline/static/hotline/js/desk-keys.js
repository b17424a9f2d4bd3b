// The desk by keyboard: inside the list of acts a letter toggles its act (Shift D is đ), inside other
// choices a digit selects; Ctrl+Enter puts the contact down from anywhere in the form.
export default function deskKeys(form) {
  const named = (name) => [...form.querySelectorAll(`input[name=${name}]`)];
  const toggle = (choice) => {
    choice.focus();
    choice.click();
  };

  function wanted(target, event) {
    if (target.name === "acts") {
      const letter = event.shiftKey && event.key === "D" ? "đ" : event.key.toLowerCase();
      return named("acts").find((act) => act.value === letter);
    }
    if (target.type === "radio" && /^[1-9]$/.test(event.key)) return named(target.name)[event.key - 1];
    return undefined;
  }

  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit([...form.querySelectorAll("button[type=submit]")].at(-1));
      return;
    }
    // Enter alone must not send a contact that is still being written.
    if (event.key === "Enter" && event.target.tagName === "INPUT") {
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const choice = wanted(event.target, event);
    if (!choice) return;
    event.preventDefault();
    toggle(choice);
  });
}
