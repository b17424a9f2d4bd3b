// Tells the server that somebody works here, and clears the screen when nobody does any more.
const TOLD_EVERY = 60_000;
const LOOKED_EVERY = 15_000;

export default function idle(body) {
  const limit = Number(body.dataset.idleMinutes) * 60_000;
  const address = body.dataset.idleUrl;
  let told = Date.now();
  function again() {
    document.documentElement.hidden = true;
    window.location.replace(window.location.href);
  }

  function tell() {
    if (Date.now() - told < TOLD_EVERY) return;
    told = Date.now();
    fetch(address, { redirect: "manual" }).then((answer) => answer.ok || again(), () => {});
  }

  // The question itself is no work: the header says so, and the session goes on ageing.
  async function look() {
    if (Date.now() - told < limit) return;
    const answer = await fetch(address, { redirect: "manual", headers: { "X-Passive": "1" } });
    if (!answer.ok) again();
  }

  for (const sign of ["keydown", "pointerdown", "wheel", "touchstart"]) {
    window.addEventListener(sign, tell, { passive: true });
  }
  setInterval(() => look().catch(() => {}), LOOKED_EVERY);
  document.addEventListener("visibilitychange", () => look().catch(() => {}));
  window.addEventListener("pageshow", (event) => event.persisted && again());
  // A part of the page that fetches itself anew because of a live hint is no work either.
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    if (ctx?.sourceEvent?.type === "live") ctx.request.headers["X-Passive"] = "1";
  });
  new BroadcastChannel("session").addEventListener("message", again);
}
