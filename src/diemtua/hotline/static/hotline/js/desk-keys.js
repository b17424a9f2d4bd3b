// The desk by keyboard: inside the list of acts a letter toggles its act; Ctrl+Enter puts the
// contact down from anywhere in the form.
export default function deskKeys(form) {
  const acts = () => [...form.querySelectorAll("input[name=acts]")];

  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      const done = [...form.querySelectorAll("button[type=submit]")].at(-1);
      form.requestSubmit(done);
      return;
    }
    const isInActs = event.target.name === "acts";
    if (!isInActs || event.ctrlKey || event.altKey || event.metaKey) return;
    const wanted = acts().find((act) => act.value === event.key.toLowerCase());
    if (!wanted) return;
    event.preventDefault();
    wanted.focus();
    wanted.click();
  });
}
