// What runs before the page: takes Google's answer out of the address, refuses frames, shows what the program will show
// first, and starts it.
//
// No top-level await and nothing newer than modules themselves: a browser that is too old for the program must still
// be able to read this file and say so.

const page = new URL("./", document.baseURI);
const callback = takeCallback();
// Longer than the program takes to come where a network is only slow.
const lateAfterMs = 10_000;
let hasSpoken = false;

if (window.top !== window.self) {
  say("Albumen does not run inside another page.", { label: "Open Albumen in a tab of its own", href: page.href });
} else if (callback && callback.state.endsWith(".p")) {
  handOver(callback.text);
} else {
  if (callback) {
    // The program reads this once and deletes it. It is never stored.
    globalThis.albumenCallback = callback.text;
  }
  showFirst();
  start().catch(cannotStart);
  setTimeout(stillWaiting, lateAfterMs);
}

// What Google sent the browser back with: the query with its `?` or the fragment with its `#`, and the state in it
// (RFC 6749, sections 4.1.2 and 4.2.2). It is out of the address and the history before anything else runs.
function takeCallback() {
  const { search, hash } = window.location;
  for (const text of [search, hash]) {
    const fields = new URLSearchParams(text.slice(1));
    if ((fields.has("code") && fields.has("state")) || fields.has("access_token") || fields.has("error")) {
      window.history.replaceState(null, "", page.href);
      return { text, state: fields.get("state") || "" };
    }
  }
  return null;
}

// In the sign-in window: gives the answer to the page that opened it, and closes.
function handOver(text) {
  const channel = new BroadcastChannel(`albumen:${page.pathname}:callback`);
  channel.postMessage({ callback: text });
  say("Google has answered. You can close this window and go on in Albumen.");
  window.close();
}

// The theme that was chosen; and unless this is a first visit, the outline of the screens in place of the welcome.
function showFirst() {
  const theme = recall("theme");
  if (theme === "light" || theme === "dark") {
    document.documentElement.dataset.theme = theme;
  }
  const { pathname } = window.location;
  const isAtPhotos = pathname === page.pathname || pathname === `${page.pathname}photos`;
  if (recall("world") || !isAtPhotos) {
    document.getElementById("shell").replaceChildren(document.getElementById("shell-frame").content);
  }
}

// A small setting (see src/browser/remembered.rs). Storage that the person has forbidden throws at the mere question.
function recall(name) {
  try {
    return window.localStorage.getItem(`albumen:${page.pathname}:${name}`);
  } catch {
    return null;
  }
}

async function start() {
  // The names of the program's files are in this script's own address (see Trunk.toml).
  const here = new URL(import.meta.url);
  const glue = new URL(here.searchParams.get("js"), here);
  const program = new URL(here.searchParams.get("wasm"), here);
  // Asked for together, and compiled while it comes: the program need not wait until what starts it has been read.
  const [{ default: init }, compiled] = await Promise.all([import(glue.href), compile(program.href)]);
  await init({ module_or_path: compiled });
}

// The program's wasm as a module.
async function compile(address) {
  const answer = await fetch(address);
  if (!answer.ok) {
    throw new Error(`${address} was answered with ${answer.status}`);
  }
  // While the bytes are still coming they are compiled only where the host names them for what they are.
  const isNamed = answer.headers.get("Content-Type") === "application/wasm";
  return isNamed ? WebAssembly.compileStreaming(answer) : WebAssembly.compile(await answer.arrayBuffer());
}

function cannotStart(error) {
  console.error(error);
  const tooOld = typeof WebAssembly !== "object" || error instanceof WebAssembly.CompileError;
  if (tooOld) {
    say("This browser is too old for Albumen. A current Firefox, Chrome, Edge or Safari can run it.");
  } else {
    say("Albumen could not be loaded. Check your connection, then try again.", { label: "Reload", href: page.href });
  }
}

function stillWaiting() {
  if (!hasSpoken) {
    const words = "Albumen is still being loaded: the connection may be slow. It starts as soon as it is here.";
    say(words, { label: "Reload", href: page.href });
  }
}

// Replaces what the page shows while it opens. Once the program shows itself there is no such place, and it speaks
// for itself.
function say(sentence, link) {
  const shell = document.getElementById("shell");
  if (!shell) {
    return;
  }
  hasSpoken = true;
  const words = document.createElement("p");
  words.setAttribute("role", "alert");
  words.textContent = sentence;
  shell.className = "shell";
  shell.replaceChildren(words);
  if (link) {
    const way = document.createElement("a");
    way.textContent = link.label;
    way.href = link.href;
    way.target = "_top";
    shell.append(way);
  }
}
