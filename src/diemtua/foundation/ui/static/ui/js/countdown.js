// Keeps a countdown's words true; the server wrote them first.
const SOON = 3 * 3600;

function span(seconds) {
  const minutes = Math.floor(seconds / 60);
  const parts = [
    [Math.floor(minutes / 1440), "day"],
    [Math.floor(minutes / 60) % 24, "hour"],
    [minutes % 60, minutes >= 1440 ? "" : "minute"],
  ];
  const written = (count, unit) =>
    new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, unitDisplay: "long" }).format(count);
  return parts
    .filter(([count, unit]) => unit && (count || (unit === "minute" && minutes < 60)))
    .map(([count, unit]) => written(count, unit))
    .join(" ");
}

export default function countdown(element) {
  const words = element.querySelector(".countdown-words");
  const show = () => {
    if (!element.isConnected) return clearInterval(timer);
    const left = (Date.parse(element.dataset.until) - Date.now()) / 1000;
    const wording = left < 0 ? element.dataset.late : element.dataset.left;
    words.textContent = wording.replace("%s", span(Math.abs(left)));
    element.classList.toggle("countdown-late", left < 0);
    element.classList.toggle("countdown-soon", left >= 0 && left <= SOON);
    element.classList.toggle("countdown-calm", left > SOON);
  };
  const timer = setInterval(show, 30_000);
  show();
}
