// A form is sent once: its button turns while the answer is under way. (The server makes one record
// of two taps anyway.)
export default function submitOnce(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (event.defaultPrevented) return;
    form.dataset.sent = "1";
    event.submitter?.classList.add("is-busy");
    event.submitter?.setAttribute("aria-busy", "true");
  });
  const ready = () => {
    delete form.dataset.sent;
    form.querySelectorAll(".is-busy").forEach((button) => {
      button.classList.remove("is-busy");
      button.removeAttribute("aria-busy");
    });
  };
  window.addEventListener("pageshow", ready);
  form.addEventListener("htmx:finally:request", ready);
}
