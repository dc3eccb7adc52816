// The one way to the server: every post echoes the token, and nobody waits forever.
const PATIENCE_MS = 30000;
const meta = (page) => page.querySelector("meta[name=yjs-token]").content;
let token = meta(document);

/** Return what the server answers to a post: {ok, status, body}; throw where nothing comes back. */
export function post(path, content) {
  return asked(path, () => ({
    method: "POST",
    headers: { "Content-Type": "application/json", "X-YJS-Token": token },
    body: JSON.stringify(content),
  }));
}

/** Return what the server has at `path`, as `post` does. */
export function get(path) {
  return asked(path, () => ({}));
}

/** Return an address below /lists for one matter. */
export function listPath(matter, rest) {
  return `/lists/${encodeURIComponent(matter)}${rest || ""}`;
}

async function asked(path, options) {
  let response = await timed(path, options());
  if (response.status === 403) {
    await freshToken();
    response = await timed(path, options());
  }
  return { ok: response.ok, status: response.status, body: await response.json() };
}

async function timed(path, options) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    return await fetch(path, Object.assign({ signal: stop.signal }, options));
  } finally {
    clearTimeout(timer);
  }
}

// The cookie may have been lost or renewed since the page came; its page knows the token that belongs to it.
async function freshToken() {
  const page = await (await fetch("/")).text();
  token = meta(new DOMParser().parseFromString(page, "text/html"));
}
