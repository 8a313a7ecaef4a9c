import { EmptyState, useMessagingNews } from '@hearth/widgets';
import { Link, Outlet } from '@tanstack/react-router';
import { useSession } from '../auth/use-session';

const TABS = [
  { to: '/messaging', label: 'Overview' },
  { to: '/messaging/inbox', label: 'Inbox' },
  { to: '/messaging/contacts', label: 'Contacts' },
  { to: '/messaging/templates', label: 'Templates' },
  { to: '/messaging/campaigns', label: 'Campaigns' },
] as const;

/** The frame of messaging's pages; live events keep all of them current. */
export function MessagingFrame() {
  const { user } = useSession();
  useMessagingNews();
  return (
    <main className="column column--wide" id="main">
      <h1 className="page-title">Messaging</h1>
      {user?.tenant_id ? (
        <>
          <nav className="tabs" aria-label="Messaging">
            {TABS.map(({ to, label }) => (
              <Link
                key={to}
                to={to}
                activeOptions={{ exact: to === '/messaging' }}
                activeProps={{ 'aria-current': 'page' }}
              >
                {label}
              </Link>
            ))}
          </nav>
          <Outlet />
        </>
      ) : (
        <EmptyState title="You belong to no organisation here">An administrator can add you to one.</EmptyState>
      )}
    </main>
  );
}
