// The summary of errors takes the focus, and its links lead into the field.
export default function focus(element) {
  element.focus();
  element.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    const field = target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea");
    (field ?? target).focus();
    target.scrollIntoView({ block: "center" });
  });
}
