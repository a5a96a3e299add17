import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { BuildError, createClient } from '../src/index.js';
import { events } from '../src/events.js';
import { startBroker, token } from './broker.js';

let broker, client;
beforeEach(async () => {
  broker = await startBroker();
  client = createClient({ url: broker.url, token, retryDelays: [1, 5, 20] });
});
afterEach(async () => {
  await broker.stop();
  assert.deepEqual(broker.violations, []);
});

const trigger = () => client.trigger({ provider: 'github', repo: 'user/shop', ref: 'main', command: 'npm run build', env: { NODE_ENV: 'production' } });

test('trigger returns the build', async () => {
  const build = await trigger();
  assert.match(build.id, /^bld_/);
  assert.equal(build.status, 'pending');
  assert.equal(build.provider, 'github');
});

test('a lost answer gives one build', async () => {
  broker.faults.lost = 2;
  await trigger();
  assert.equal(broker.builds.size, 1);
  assert.equal(broker.requests.length, 3);
});

test('status, with the log where asked', async () => {
  const { id } = await trigger();
  assert.equal((await client.status(id)).logs, undefined);
  assert.equal((await client.status(id, { logs: true })).logs, 'one\nzwei ä\nthree\n');
});

test('list gives an array with a cursor', async () => {
  await trigger();
  const builds = await client.list({ limit: 10, app: 'a b', status: undefined });
  assert.equal(builds.length, 1);
  assert.equal(builds.cursor, 'next');
  assert.equal(broker.requests.at(-1), 'GET /api/builds?limit=10&app=a+b');
});

test('logs begin where asked', async () => {
  const { id } = await trigger();
  assert.equal(await client.logs(id, { from: 4 }), 'zwei ä\nthree\n');
});

test('cancel and retry', async () => {
  const { id } = await trigger();
  assert.equal((await client.cancel(id)).phase, 'cancelling');
  assert.equal((await client.retry(id)).status, 'pending');
});

test('an upload carries its digest', async () => {
  const { id } = await client.trigger({ app: 'shop', source: 'upload' });
  await client.upload(id, new TextEncoder().encode('packed'));
});

for (const broken of [0, 3]) {
  test(`following through ${broken} broken connections loses and repeats nothing`, async () => {
    const { id } = await trigger();
    broker.faults.stream = broken;
    let text = '';
    const names = [];
    for await (const next of client.follow(id)) {
      text += next.text ?? '';
      names.push(next.event);
    }
    assert.equal(text, 'one\nzwei ä\nthree\n');
    assert.equal(names.at(-1), 'end');
  });
}

test('following stops when told', async () => {
  const { id } = await trigger();
  const stop = new AbortController();
  await assert.rejects(async () => {
    for await (const next of client.follow(id, { signal: stop.signal })) if (next.event === 'log') stop.abort();
  }, { name: 'AbortError' });
});

test('wait gives the success', async () => {
  const { id } = await trigger();
  assert.equal((await client.wait(id)).duration, 47);
});

test('wait throws what became of the build', async () => {
  const { id } = await trigger();
  broker.ending = { status: 'failed', error: { code: 'BUILD_FAILED', status: 422, title: 'failed', exitCode: 2, logs: 'TS2304' } };
  await assert.rejects(client.wait(id), (e) => e instanceof BuildError && e.code === 'BUILD_FAILED' && e.exitCode === 2 && e.logs === 'TS2304' && e.build.id === id);
});

for (const problem of [
  { code: 'BUILD_NOT_CONFIGURED', status: 400, title: 't', provider: 'github', hint: 'h' },
  { code: 'BUILD_TIMEOUT', status: 504, title: 't', timeout: 600, phase: 'building' },
  { code: 'BUILD_QUOTA_EXCEEDED', status: 429, title: 't', provider: 'modal', retryAfter: 60 },
  { code: 'ARTIFACT_TOO_LARGE', status: 413, title: 't', size: 2e8, limit: 1e8 },
]) {
  test(`${problem.code} is thrown with its fields`, async () => {
    broker.faults.refusal = problem;
    await assert.rejects(trigger(), (e) => e instanceof BuildError && Object.entries(problem).every(([name, value]) => e[name] === value));
    assert.equal(broker.requests.length, 1);
  });
}

test('a wrong token is thrown', () => assert.rejects(createClient({ url: broker.url, token: 'x' }).list(), { code: 'UNAUTHENTICATED' }));

test('a gateway that answers for the broker is asked again', async () => {
  broker.faults.gateway = 2;
  await trigger();
});

test('no broker', async () => {
  const { url } = await startBroker().then(async (other) => (await other.stop(), other));
  await assert.rejects(createClient({ url, retryDelays: [1] }).list(), { code: 'UNREACHABLE' });
});

test('an id cannot leave its path', async () => {
  await assert.rejects(client.status('../apps'), { code: 'NOT_FOUND' });
  assert.equal(broker.requests[0], 'GET /api/builds/..%2Fapps');
});

test('events that arrive in any pieces are the same', async () => {
  const bytes = new TextEncoder().encode(': c\r\nevent: log\r\nid: 3\r\ndata: "ä"\r\n\r\ndata: a\ndata: b\n\nevent: cut\ndata: off');
  for (let size = 1; size < bytes.length; size++) {
    const body = new ReadableStream({
      start(controller) {
        for (let i = 0; i < bytes.length; i += size) controller.enqueue(bytes.subarray(i, i + size));
        controller.close();
      },
    });
    assert.deepEqual(await all(events(body)), [
      { event: 'log', id: '3', data: '"ä"' },
      { event: 'message', id: undefined, data: 'a\nb' },
    ]);
  }
});

async function all(items) {
  const list = [];
  for await (const item of items) list.push(item);
  return list;
}
