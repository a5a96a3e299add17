/** What the broker refused, or what became of a build: `code` and all fields of the problem document. */
export class BuildError extends Error {
  constructor(problem, options) {
    super(problem.detail ?? problem.title ?? problem.code, options);
    for (const [name, value] of Object.entries(problem)) {
      if (!['message', 'stack', 'cause', '__proto__'].includes(name)) this[name] = value;
    }
    this.name = 'BuildError';
  }
}

const codes = { 400: 'VALIDATION', 401: 'UNAUTHENTICATED', 403: 'FORBIDDEN', 404: 'NOT_FOUND', 409: 'CONFLICT', 413: 'SOURCE_TOO_LARGE', 422: 'VALIDATION', 429: 'QUEUE_FULL' };

/** The problem that a response carries; a gateway in front of the broker may have answered without one. */
export async function problemOf(response) {
  const json = /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '');
  const document = json ? await response.json().catch(() => null) : null;
  if (typeof document?.code === 'string') return document;
  return { code: codes[response.status] ?? 'INTERNAL', status: response.status, title: `The broker answered ${response.status} without saying why.`, silent: true };
}
