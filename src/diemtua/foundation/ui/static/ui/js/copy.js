// Copies the text named by data-copy (a selector or the text itself) and says so.
export default function copy(button) {
  const words = button.querySelector("span") ?? button;
  const plain = words.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const source = button.dataset.copyFrom && document.querySelector(button.dataset.copyFrom);
    const text = source ? (source.value ?? source.textContent) : button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text.trim());
    } catch {
      source?.select?.();
      return;
    }
    words.textContent = button.dataset.copied || "✓";
    setTimeout(() => (words.textContent = plain), 2000);
  });
}
