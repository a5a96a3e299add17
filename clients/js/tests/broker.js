import { createServer } from 'node:http';
import { createHash } from 'node:crypto';
import { once } from 'node:events';

export const token = 'test-token';
const fields = new Set('app provider providers repo ref root command install output node env secrets source rebuild noBuild deploy timeout priority'.split(' '));
const pieces = ['one\n', 'zwei ä\n', 'three\n'];

/** A broker's HTTP interface that checks each request against the contract; `faults` makes it fail. */
export async function startBroker() {
  const broker = { violations: [], requests: [], builds: new Map(), keys: new Map(), faults: { lost: 0, gateway: 0, stream: 0, refusal: null }, ending: {} };
  const server = createServer((request, response) => answer(broker, request, response).catch((error) => response.destroy(error)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  broker.url = `http://127.0.0.1:${server.address().port}`;
  broker.stop = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return broker;
}

async function answer(broker, request, response) {
  const { faults } = broker;
  const url = new URL(request.url, broker.url);
  const body = Buffer.concat(await request.toArray());
  broker.requests.push(`${request.method} ${request.url}`);
  const violate = (what) => broker.violations.push(`${request.method} ${request.url}: ${what}`);
  const refuse = (problem) => send(problem.status, problem, 'application/problem+json');
  const send = (status, value, type = 'application/json') => {
    if (faults.lost > 0 && faults.lost--) return response.destroy();
    response.writeHead(status, { 'Content-Type': type }).end(JSON.stringify(value));
  };
  if (request.method === 'POST' && !request.headers['idempotency-key']) violate('no Idempotency-Key');
  if (faults.gateway > 0 && faults.gateway--) return response.writeHead(503).end();
  if (request.headers.authorization !== `Bearer ${token}`) return refuse({ code: 'UNAUTHENTICATED', status: 401, title: 'A token is needed.' });
  if (faults.refusal) return refuse(faults.refusal);

  const [, , id, part] = url.pathname.slice(1).split('/');
  if (url.pathname === '/api/builds' && request.method === 'POST') {
    if (request.headers['content-type'] !== 'application/json') violate('no JSON');
    for (const field of Object.keys(JSON.parse(body))) if (!fields.has(field)) violate(`unknown field ${field}`);
    const key = request.headers['idempotency-key'];
    if (!broker.keys.has(key)) broker.keys.set(key, `bld_${String(broker.keys.size + 1).padStart(26, '0')}`);
    const made = { id: broker.keys.get(key), app: 'shop', status: 'pending', phase: 'queued', provider: 'github', attempt: 0, attempts: [], warnings: [], createdAt: '2026-01-02T03:04:05+00:00' };
    broker.builds.set(made.id, made);
    return send(202, made);
  }
  if (url.pathname === '/api/builds' && request.method === 'GET') return send(200, { items: [...broker.builds.values()], cursor: 'next' });
  const build = broker.builds.get(id);
  if (!build) return refuse({ code: 'NOT_FOUND', status: 404, title: 'There is no such build.' });
  switch (`${request.method} ${part ?? ''}`) {
    case 'GET ':
      return send(200, url.searchParams.has('wait') ? Object.assign(build, { status: 'success', duration: 47 }, broker.ending) : build);
    case 'POST cancel':
      return send(202, Object.assign(build, { phase: 'cancelling' }));
    case 'POST retry':
      return send(202, { ...build, status: 'pending' });
    case 'PUT source': {
      const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
      if (request.headers['repr-digest'] !== digest) violate('wrong digest');
      if (request.headers['content-type'] !== 'application/gzip' || !request.headers['content-length']) violate('wrong upload headers');
      return send(202, build);
    }
    case 'GET logs':
      return request.headers.accept === 'text/event-stream' ? stream(broker, request, response, build) : response.end(Buffer.from(pieces.join('')).subarray(Number(url.searchParams.get('from') ?? 0)));
    default:
      violate('no such call');
      return refuse({ code: 'NOT_FOUND', status: 404, title: 'There is no such call.' });
  }
}

async function stream(broker, request, response, build) {
  const write = (event, id, value) => new Promise((resolve) => response.write(`: hello\nevent: ${event}\n${id ? `id: ${id}\n` : ''}data: ${JSON.stringify(value)}\n\n`, resolve));
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  await write('status', null, { ...build, status: 'running' });
  const from = Number(request.headers['last-event-id'] ?? 0);
  let offset = 0;
  for (const piece of pieces) {
    offset += Buffer.byteLength(piece);
    if (offset <= from) continue;
    await write('log', offset, piece);
    if (broker.faults.stream > 0 && broker.faults.stream--) return response.destroy();
  }
  await write('end', null, { ...build, status: 'success' });
  response.end();
}
