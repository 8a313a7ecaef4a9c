import { createRouter } from '@tanstack/react-router';
import { routeTree } from '../routes/tree';

export const router = createRouter({ routeTree, scrollRestoration: true, defaultPreload: false });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
