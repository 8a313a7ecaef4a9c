import { Avatar, Icon, type IconName, useUnreadCount } from '@hearth/widgets';
import { Link, Outlet } from '@tanstack/react-router';
import { useSession } from '../features/auth/use-session';
import { Brand } from '../shared/brand';
import { session } from './session';
import { useTheme } from './theme';

interface Place {
  to: '/' | '/discover' | '/community' | '/groups' | '/messaging' | '/notifications' | '/profile';
  label: string;
  /** For a phone, where all places stand side by side. */
  short?: string;
  icon: IconName;
}

const PLACES: readonly Place[] = [
  { to: '/', label: 'Feed', icon: 'flame' },
  { to: '/discover', label: 'Discover', icon: 'compass' },
  { to: '/community', label: 'Community', icon: 'chart' },
  { to: '/groups', label: 'Groups', icon: 'people' },
  { to: '/messaging', label: 'Messaging', icon: 'send' },
  { to: '/notifications', label: 'Notifications', short: 'News', icon: 'bell' },
  { to: '/profile', label: 'Profile', icon: 'person' },
];

/** The frame of every page of somebody signed in: places at the side, or below on a phone. */
export function Shell() {
  const { user } = useSession();
  return (
    <div className="shell">
      <a className="skip" href="#main">
        Skip to content
      </a>
      <header className="bar">
        <Link to="/" aria-label="Hearth, home" className="bar__brand">
          <Brand />
        </Link>
        <nav className="places" aria-label="Places">
          {PLACES.filter((place) => place.to !== '/messaging' || user?.tenant_id).map((place) => (
            <Link
              key={place.to}
              to={place.to}
              className="place"
              title={place.label}
              activeProps={{ 'aria-current': 'page' }}
              activeOptions={{ exact: place.to === '/', includeSearch: false }}
            >
              <Icon name={place.icon} />
              <span className={place.short ? 'place__label place__label--long' : 'place__label'}>{place.label}</span>
              {place.short ? (
                <span className="place__short" aria-hidden="true">
                  {place.short}
                </span>
              ) : null}
              {place.to === '/notifications' ? <Unread /> : null}
            </Link>
          ))}
        </nav>
        <div className="bar__me">
          {user?.roles.some((role) => role === 'moderator' || role === 'admin') ? (
            <Link to="/moderation" className="h-icon-button" aria-label="Moderation" title="Moderation">
              <Icon name="shield" />
            </Link>
          ) : null}
          {user?.roles.includes('admin') ? (
            <Link to="/operations" className="h-icon-button" aria-label="Operations" title="Operations">
              <Icon name="pulse" />
            </Link>
          ) : null}
          <ThemeButton />
          {user ? (
            <>
              <Avatar user={user} size="sm" />
              <button
                type="button"
                className="h-icon-button"
                aria-label="Sign out"
                title="Sign out"
                onClick={() => void session.logout()}
              >
                <Icon name="out" />
              </button>
            </>
          ) : null}
        </div>
      </header>
      <Outlet />
    </div>
  );
}

function Unread() {
  const count = useUnreadCount();
  if (count === 0) return null;
  return (
    <span className="unread">
      {count > 99 ? '99+' : count}
      <span className="h-visually-hidden"> unread</span>
    </span>
  );
}

function ThemeButton() {
  const { isDark, setTheme } = useTheme();
  const label = isDark ? 'Light colours' : 'Dark colours';
  return (
    <button
      type="button"
      className="h-icon-button"
      aria-label={label}
      title={label}
      onClick={() => setTheme(isDark ? 'light' : 'dark')}
    >
      <Icon name={isDark ? 'sun' : 'moon'} />
    </button>
  );
}
