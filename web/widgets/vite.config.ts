import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The library for other sites' bundlers: React stays theirs. */
export default defineConfig({
  plugins: [react()],
  build: {
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: 'hearth-widgets', cssFileName: 'hearth-widgets' },
    rollupOptions: { external: ['react', 'react-dom', 'react/jsx-runtime', 'react-dom/client'] },
    sourcemap: true,
  },
});
