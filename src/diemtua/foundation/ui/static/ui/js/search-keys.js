// "/" and Ctrl-K lead to the search field; Esc leads out again.
export default function searchKeys(form) {
  const field = form.querySelector("input[type=search]");
  const isTyping = (target) => target.closest?.("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
    const isCtrlK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if (!isCtrlK && (!isSlash || isTyping(event.target))) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
  field.addEventListener("keydown", (event) => event.key === "Escape" && field.blur());
}
