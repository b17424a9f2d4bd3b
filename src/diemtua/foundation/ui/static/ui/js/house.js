// Binds each element's data-behaviour to the module of that name, now and after every swap.
const modules = JSON.parse(document.getElementById("behaviours").textContent);
const bound = new WeakMap();

async function bind(element) {
  for (const name of element.dataset.behaviour.split(/\s+/).filter(Boolean)) {
    const done = bound.get(element) ?? new Set();
    bound.set(element, done);
    if (done.has(name) || !modules[name]) continue;
    done.add(name);
    (await import(modules[name])).default(element);
  }
}

function bindWithin(root) {
  if (root.matches?.("[data-behaviour]")) bind(root);
  root.querySelectorAll?.("[data-behaviour]").forEach(bind);
}

new MutationObserver((changes) => {
  for (const change of changes) change.addedNodes.forEach(bindWithin);
}).observe(document.documentElement, { childList: true, subtree: true });
bindWithin(document);
