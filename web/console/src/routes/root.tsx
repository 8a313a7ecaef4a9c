import { EmptyState } from '@hearth/widgets';
import { createRootRoute, createRoute, Link, Outlet, redirect } from '@tanstack/react-router';
import { session } from '../app/session';
import { Shell } from '../app/shell';

export const rootRoute = createRootRoute({
  component: Outlet,
  notFoundComponent: () => (
    <main className="auth" id="main">
      <EmptyState title="There is nothing here">
        <Link to="/">Back to the fire</Link>
      </EmptyState>
    </main>
  ),
});

/** Everything below needs somebody signed in. */
export const memberRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'member',
  beforeLoad: () => {
    if (session.user === null) throw redirect({ to: '/login' });
  },
  component: Shell,
});

/** Everything below is for administrators; others are led home. */
export const adminRoute = createRoute({
  getParentRoute: () => memberRoute,
  id: 'admin',
  beforeLoad: () => {
    if (!session.user?.roles.includes('admin')) throw redirect({ to: '/' });
  },
  component: Outlet,
});

/** Everything below is for moderators and administrators; others are led home. */
export const moderatorRoute = createRoute({
  getParentRoute: () => memberRoute,
  id: 'moderator',
  beforeLoad: () => {
    const roles = session.user?.roles;
    if (!roles?.includes('moderator') && !roles?.includes('admin')) throw redirect({ to: '/' });
  },
  component: Outlet,
});

/** Everything below is for somebody who is not. */
export const guestRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'guest',
  beforeLoad: () => {
    if (session.user !== null) throw redirect({ to: '/' });
  },
  component: Outlet,
});
