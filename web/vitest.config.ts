import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  test: {
    environment: 'happy-dom',
    include: ['widgets/src/**/*.test.{ts,tsx}', 'console/src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
});
