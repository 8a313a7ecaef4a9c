import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env.HEARTH_URL ?? 'http://localhost:8080';

/** `npm run dev` serves the console from here and passes everything else on to a running Hearth. */
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: '../../src/Hearth/wwwroot',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    sourcemap: false,
  },
  server: {
    proxy: {
      '/api': server,
      '/media': server,
      '/interactions': server,
      '/ws': { target: server, ws: true },
    },
  },
});
