import { createRouter } from '@tanstack/react-router';
import { routeTree } from '../routes/tree';
import { session } from './session';

export const router = createRouter({ routeTree, scrollRestoration: true, defaultPreload: false });

// Somebody came or went, here or in another tab: the routes say again who may be where.
let here = session.user?.id;
session.subscribe(() => {
  if (session.user?.id === here) return;
  here = session.user?.id;
  void router.invalidate();
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
