import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * `/embed/hearth.js`: the custom elements with all they need, as one classic script, which a page of any origin may
 * load without asking. Built into the console's files after them.
 */
export default defineConfig({
  plugins: [react()],
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: '../../src/Hearth/wwwroot/embed',
    emptyOutDir: true,
    lib: { entry: 'src/embed/embed.ts', formats: ['iife'], name: 'HearthEmbed', fileName: () => 'hearth.js' },
  },
});
