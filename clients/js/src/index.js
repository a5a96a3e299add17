export { createClient } from './client.js';
export { BuildError } from './errors.js';
