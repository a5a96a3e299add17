import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// A relative base lets the same files be served at a host's root and below /sites/<app>/.
export default defineConfig({ base: './', plugins: [react()] });
