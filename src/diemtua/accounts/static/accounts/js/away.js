// On the pages that are shown to nobody yet: tell the other windows to clear their screens.
export default function away() {
  new BroadcastChannel("session").postMessage("away");
}
