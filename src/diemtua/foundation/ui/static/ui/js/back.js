// A button that leads back to the page one came from; hidden where there is none.
export default function back(button) {
  if (history.length < 2) return;
  button.hidden = false;
  button.addEventListener("click", () => history.back());
}
