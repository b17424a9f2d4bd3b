// A file that is too large is not sent at all. (The server refuses it anyway, before reading it.)
export default function fileLimit(form) {
  const limit = Number(form.dataset.limit);
  const told = form.querySelector("[data-too-large]");
  const isTooLarge = () =>
    [...form.querySelectorAll("input[type=file]")].some((input) =>
      [...input.files].some((file) => file.size > limit),
    );
  const tell = () => {
    told.hidden = !isTooLarge();
    return !told.hidden;
  };
  form.addEventListener("change", tell);
  form.addEventListener("submit", (event) => {
    if (!tell()) return;
    event.preventDefault();
    told.scrollIntoView({ block: "center" });
  });
}
