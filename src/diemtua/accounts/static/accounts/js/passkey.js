// Makes or uses a passkey when its form is sent, then sends what the device answered.
// data-options names the element that holds the server's options; data-fetch an address for them.
const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

function toText(buffer) {
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const described = (list = []) => list.map((key) => ({ ...key, id: toBytes(key.id) }));

function parsed({ publicKey: options }) {
  return {
    ...options,
    challenge: toBytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: toBytes(options.user.id) } }),
    ...(options.allowCredentials && { allowCredentials: described(options.allowCredentials) }),
    ...(options.excludeCredentials && { excludeCredentials: described(options.excludeCredentials) }),
  };
}

function written(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = toText(credential.response[part]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

async function optionsFor(form) {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const answer = await fetch(form.dataset.fetch, { headers: { Accept: "application/json" } });
  return answer.json();
}

async function ask(form) {
  const { creation_options: creation, request_options: request } = await optionsFor(form);
  if (!creation) return navigator.credentials.get({ publicKey: parsed(request) });
  const publicKey = parsed(creation);
  const alone = form.elements.passwordless?.checked ? "required" : "discouraged";
  publicKey.authenticatorSelection = {
    ...publicKey.authenticatorSelection,
    residentKey: alone,
    requireResidentKey: alone === "required",
    userVerification: alone === "required" ? "required" : "preferred",
  };
  return navigator.credentials.create({ publicKey });
}

export default function passkey(form) {
  if (!window.PublicKeyCredential) return;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const problem = form.querySelector("[data-problem]");
    problem.hidden = true;
    try {
      form.elements.credential.value = written(await ask(form));
      form.submit();
    } catch {
      problem.hidden = false;
    }
  });
}
