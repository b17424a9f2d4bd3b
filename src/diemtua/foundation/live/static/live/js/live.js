// Listens to the server's hints and tells the parts of the page that wait for them.
// An element with data-live="referral duty" gets the event `live` when such a hint arrives; htmx
// (hx-trigger="live") then fetches it anew. <html data-connection="lost"> while the line is down.
const root = document.documentElement;
let source = null;

function tell(name) {
  for (const element of document.querySelectorAll("[data-live]")) {
    if (element.dataset.live.split(/\s+/).includes(name)) {
      element.dispatchEvent(new CustomEvent("live", { bubbles: false, detail: { name } }));
    }
  }
}

function listen() {
  if (source || !document.querySelector("[data-live]")) return;
  // A hint may have been told since the page was made: the page says how old it is, in seconds.
  source = new EventSource(`/song/?age=${Math.ceil(performance.now() / 1000)}`);
  source.addEventListener("hint", (event) => {
    root.dataset.connection = "open";
    if (event.data !== "hello") tell(event.data);
  });
  source.addEventListener("error", () => {
    root.dataset.connection = "lost";
  });
}

function hush() {
  if (source) source.close();
  source = null;
}

function wake() {
  if (source) return;
  listen();
  if (source) document.querySelectorAll("[data-live]").forEach((element) => element.dispatchEvent(new CustomEvent("live")));
}

listen();
document.addEventListener("htmx:after:swap", listen);
// A hidden tab holds no line (a browser has few to one house); seen again, it asks for everything anew.
document.addEventListener("visibilitychange", () => (document.hidden ? hush() : wake()));
window.addEventListener("pagehide", hush);
window.addEventListener("pageshow", (event) => (event.persisted ? wake() : listen()));
