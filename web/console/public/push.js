// The service worker: shows what the server pushes while no page of Hearth is open, and opens what it is about.
self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('push', (event) => {
  const { title = 'Hearth', body = '', url = '/', tag } = event.data?.json() ?? {};
  event.waitUntil(self.registration.showNotification(title, { body, tag, icon: '/hearth.svg', data: { url } }));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data?.url ?? '/'));
});

/** A page that shows it already comes to the front; else any page of Hearth goes there; else a new one opens. */
async function open(address) {
  const url = new URL(address, self.location.origin).href;
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page = pages.find((one) => one.url === url) ?? pages[0];
  if (page === undefined) return self.clients.openWindow(url);
  await page.focus();
  return page.url === url ? page : page.navigate(url);
}
