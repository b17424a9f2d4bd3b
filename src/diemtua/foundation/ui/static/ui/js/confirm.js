// [data-confirm="…"] on a button, link or form asks first, in the page's own dialog.
export default function confirm(dialog) {
  const words = dialog.querySelector(".dialog-words");
  const yes = dialog.querySelector("[value=yes]");
  const plain = yes.textContent;
  let asked = null;

  const intercept = (event) => {
    const target = event.target.closest?.("[data-confirm]");
    if (!target || target.matches("form") || target.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    asked = target;
    words.textContent = target.dataset.confirm;
    yes.textContent = target.dataset.confirmYes || plain;
    yes.classList.toggle("btn-danger", target.classList.contains("btn-danger"));
    yes.classList.toggle("btn-primary", !target.classList.contains("btn-danger"));
    dialog.returnValue = "";
    dialog.showModal();
  };

  document.addEventListener("click", intercept, true);
  dialog.addEventListener("close", () => {
    const target = asked;
    asked = null;
    if (!target) return;
    if (dialog.returnValue !== "yes") {
      target.focus();
      return;
    }
    target.dataset.confirmed = "1";
    target.click();
    delete target.dataset.confirmed;
  });
}
