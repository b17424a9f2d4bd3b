// One key (F9) locks the screen, wherever the cursor is. The screen goes blank at once.
export default function lockKey(form) {
  const hide = () => document.documentElement.classList.add("is-locking");
  form.addEventListener("submit", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F9" || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    form.requestSubmit();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.documentElement.classList.remove("is-locking");
  });
}
