export type Status = 'pending' | 'running' | 'success' | 'failed' | 'cancelled' | 'skipped';

export interface BuildRequest {
  app?: string;
  provider?: string;
  providers?: string[];
  repo?: string;
  ref?: string;
  root?: string;
  command?: string;
  install?: string;
  output?: string;
  node?: string;
  env?: Record<string, string>;
  secrets?: string[];
  source?: 'upload' | 'git';
  rebuild?: boolean;
  noBuild?: boolean;
  deploy?: 'production' | 'preview' | 'none';
  timeout?: number;
  priority?: number;
  supersede?: 'off' | 'queued' | 'running';
}

export interface Problem {
  code: string;
  status?: number;
  title?: string;
  detail?: string;
  [field: string]: unknown;
}

export interface Build {
  id: string;
  app: string;
  status: Status;
  phase: string;
  reason?: string;
  provider?: string;
  attempt: number;
  ref?: string;
  commit?: string;
  command?: string;
  output?: string;
  createdAt: string;
  startedAt?: string;
  finishedAt?: string;
  /** Seconds. */
  duration?: number;
  /** Bytes. */
  artifactSize?: number;
  artifactSha256?: string;
  deployment?: string;
  url?: string;
  error?: Problem;
  warnings: string[];
  upload?: { url: string; expiresAt: string };
  [field: string]: unknown;
}

export type BuildEvent = { event: 'log'; offset: number; text: string } | { event: 'status' | 'end'; build: Build };

export interface CallOptions {
  signal?: AbortSignal;
}

export interface ClientOptions {
  /** The broker; the page's own origin in a browser. */
  url?: string;
  token?: string;
  fetch?: typeof fetch;
  /** Milliseconds before a call that may be repeated is repeated, one for each try. */
  retryDelays?: number[];
}

export interface Client {
  /** Starts a build; a lost answer never starts a second one. */
  trigger(request: BuildRequest, options?: CallOptions): Promise<Build>;
  /** The record as it is, or after up to `wait` seconds if it is not final; with `logs` also the log's text. */
  status(id: string, options?: CallOptions & { wait?: number; logs?: boolean }): Promise<Build & { logs?: string }>;
  /** Newest first; `cursor` on the array asks for the next page. */
  list(filter?: { app?: string; status?: Status; provider?: string; limit?: number; cursor?: string }, options?: CallOptions): Promise<Build[] & { cursor?: string }>;
  logs(id: string, options?: CallOptions & { from?: number }): Promise<string>;
  cancel(id: string, options?: CallOptions): Promise<Build>;
  retry(id: string, options?: CallOptions): Promise<Build>;
  /** Log and status until the build has ended, through broken connections. */
  follow(id: string, options?: CallOptions & { from?: number }): AsyncGenerator<BuildEvent, void, void>;
  /** The final record of a success; anything else is thrown as a `BuildError` with its `build`. */
  wait(id: string, options?: CallOptions): Promise<Build>;
  /** Sends the source, a tar.gz, of a build that was triggered with `source: 'upload'`. */
  upload(id: string, source: BufferSource | Blob, options?: CallOptions & { sha256?: ArrayBuffer }): Promise<Build>;
}

export function createClient(options?: ClientOptions): Client;

export class BuildError extends Error {
  code: string;
  status?: number;
  build?: Build;
  [field: string]: unknown;
}
