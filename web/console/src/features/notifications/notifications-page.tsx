import { EngagementNotifications } from '@hearth/widgets';

export function NotificationsPage() {
  return (
    <main className="column column--alone" id="main">
      <h1 className="page-title">Notifications</h1>
      <div className="h-card">
        <EngagementNotifications maxItems={100} />
      </div>
    </main>
  );
}
