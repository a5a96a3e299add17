import { BuildError, problemOf } from './errors.js';
import { events } from './events.js';

const final = ['success', 'failed', 'cancelled', 'skipped'];

/**
 * A client of one broker.
 * @param {import('../index.d.ts').ClientOptions} options
 * @returns {import('../index.d.ts').Client}
 */
export function createClient({ url = globalThis.location?.origin, token, fetch = globalThis.fetch, retryDelays = [100, 300, 1000, 3000] } = {}) {
  if (!url) throw new TypeError('createClient needs the url of a broker.');
  const base = url.endsWith('/') ? url : `${url}/`;

  async function send(method, path, { body, headers, signal, repeat = method !== 'POST' } = {}) {
    for (let attempt = 0; ; attempt++) {
      const answer = await attemptOnce(method, path, { body, headers, signal });
      if (answer.response) return answer.response;
      if (!answer.broken || !repeat || attempt >= retryDelays.length) throw answer.error;
      await pause(retryDelays[attempt], signal);
    }
  }

  async function attemptOnce(method, path, { body, headers, signal }) {
    try {
      const response = await fetch(new URL(path, base), {
        method,
        body,
        signal,
        redirect: 'error',
        headers: { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...headers },
      });
      if (response.ok) return { response };
      const problem = await problemOf(response);
      return { broken: problem.silent && response.status >= 502, error: new BuildError(problem) };
    } catch (cause) {
      if (signal?.aborted) throw signal.reason;
      return { broken: true, error: new BuildError({ code: 'UNREACHABLE', title: `No broker answers at ${base}` }, { cause }) };
    }
  }

  const json = async (...call) => (await send(...call)).json();

  // The key makes a repeated call one call.
  const post = (path, body, { signal } = {}) =>
    json('POST', path, {
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: { 'Idempotency-Key': crypto.randomUUID(), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      signal,
      repeat: true,
    });

  const build = (id) => `api/builds/${encodeURIComponent(id)}`;

  async function logs(id, { from = 0, signal } = {}) {
    return (await send('GET', `${build(id)}/logs${from > 0 ? `?from=${from}` : ''}`, { signal })).text();
  }

  async function status(id, { wait, logs: withLogs, signal } = {}) {
    const record = await json('GET', build(id) + (wait ? `?wait=${wait}` : ''), { signal });
    return withLogs ? { ...record, logs: await logs(id, { signal }) } : record;
  }

  async function list(filter = {}, { signal } = {}) {
    const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== undefined));
    const page = await json('GET', `api/builds${query.size > 0 ? `?${query}` : ''}`, { signal });
    return Object.assign(page.items, { cursor: page.cursor });
  }

  async function* follow(id, { from = 0, signal } = {}) {
    let offset = from;
    for (let fruitless = 0; ; fruitless++) {
      if (fruitless > 0) await pause(retryDelays[Math.min(fruitless, retryDelays.length) - 1] ?? 0, signal);
      const headers = { Accept: 'text/event-stream', ...(offset > 0 ? { 'Last-Event-ID': `${offset}` } : {}) };
      const { body } = await send('GET', `${build(id)}/logs`, { headers, signal });
      try {
        for await (const { event, id: at, data } of events(body)) {
          signal?.throwIfAborted();
          if (event === 'log' && Number(at) > offset) {
            offset = Number(at);
            fruitless = -1;
            yield { event, offset, text: JSON.parse(data) };
          } else if (event === 'status' || event === 'end') {
            yield { event, build: JSON.parse(data) };
            if (event === 'end') return;
          }
        }
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        if (!(error instanceof TypeError)) throw error; // fetch's error for a broken connection: go on where it broke.
      }
    }
  }

  async function wait(id, { signal } = {}) {
    let record = await status(id, { signal });
    while (!final.includes(record.status)) record = await status(id, { wait: 30, signal });
    if (record.status === 'success') return record;
    throw new BuildError({ code: record.status.toUpperCase(), title: record.reason, ...record.error, build: record });
  }

  return {
    trigger: (request, options) => post('api/builds', request, options),
    status,
    list,
    logs,
    cancel: (id, options) => post(`${build(id)}/cancel`, undefined, options),
    retry: (id, options) => post(`${build(id)}/retry`, undefined, options),
    follow,
    wait,
    async upload(id, source, { sha256, signal } = {}) {
      const digest = sha256 ?? (await crypto.subtle.digest('SHA-256', source));
      const text = btoa(String.fromCharCode(...new Uint8Array(digest)));
      return json('PUT', `${build(id)}/source`, { body: source, headers: { 'Content-Type': 'application/gzip', 'Repr-Digest': `sha-256=:${text}:` }, signal });
    },
  };
}

function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
