import { Link } from '@tanstack/react-router';
import { NotificationList } from './notification-list';

export function NotificationsPage() {
  return (
    <main className="column column--alone" id="main">
      <div className="title-row">
        <h1 className="page-title">Notifications</h1>
        <Link to="/notifications/preferences">What to tell me</Link>
      </div>
      <div className="h-card">
        <NotificationList />
      </div>
    </main>
  );
}
