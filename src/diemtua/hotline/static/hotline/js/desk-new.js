// F2 begins a new contact from anywhere on the desk, at its first question.
export default function deskNew(link) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F2" || event.repeat) return;
    event.preventDefault();
    window.location.assign(link.dataset.address);
  });
}
