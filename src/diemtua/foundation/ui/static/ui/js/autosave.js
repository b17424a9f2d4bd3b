// Sends the form as it is typed to data-autosave-url and says when it was saved. While it cannot be
// saved it says so, keeps trying, and holds the page. Nothing is ever kept in the browser.
const PAUSE = 600;
const LONGEST_WAIT = 30_000;
const TIME = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Ho_Chi_Minh" };

export default function autosave(form) {
  const says = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
  let timer = 0, failures = 0, isDirty = false, isSending = false;

  function say(state, time = "") {
    if (!says) return;
    says.dataset.state = state;
    says.textContent = says.dataset[state.replace(/-./, (dash) => dash[1].toUpperCase())].replace("%s", time);
  }

  // What the server made of it: told to the form as `autosaved`, the time returned.
  async function toldBy(response) {
    const isJson = response.headers.get("Content-Type")?.includes("json");
    const told = isJson ? await response.json() : { saved_at: response.headers.get("X-Saved-At") };
    form.dispatchEvent(new CustomEvent("autosaved", { detail: told }));
    return told.saved_at;
  }

  function later(wait) {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  }

  async function send() {
    if (isSending) return later(PAUSE);
    isSending = true;
    isDirty = false;
    try {
      const response = await fetch(form.dataset.autosaveUrl, {
        method: "POST", body: new FormData(form), credentials: "same-origin",
        redirect: "manual", headers: { "X-Autosave": "1" },
      });
      await settle(response);
    } catch {
      again("waiting");
    } finally {
      isSending = false;
    }
  }

  async function settle(response) {
    if (response.ok && !response.headers.get("HX-Redirect")) {
      failures = 0;
      const time = (await toldBy(response)) ?? new Date().toLocaleTimeString("vi-VN", TIME);
      if (!isDirty) say("done", time);
    } else if (response.status === 422 || response.status === 400) {
      const time = await toldBy(response);
      failures = 0;
      if (time && !isDirty) return say("kept", time);
      isDirty = true;
      say("refused");
    } else if (response.status === 409) {
      isDirty = true;
      say("elsewhere");
    } else if (response.status >= 500 || response.status === 429) {
      again("waiting");
    } else {
      again("signed-out");
    }
  }

  function again(state) {
    isDirty = true;
    failures += 1;
    say(state);
    later(Math.min(1000 * 2 ** failures, LONGEST_WAIT));
  }

  form.addEventListener("input", () => {
    isDirty = true;
    if (!failures) say("saving");
    later(failures ? 2000 : PAUSE);
  });
  window.addEventListener("online", () => isDirty && later(0));
  form.addEventListener("submit", () => { isDirty = false; clearTimeout(timer); });
  window.addEventListener("beforeunload", (event) => {
    if (isDirty) event.preventDefault();
  });
}
