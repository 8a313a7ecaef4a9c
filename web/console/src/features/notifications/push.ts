import { type Http, ok } from '@hearth/widgets';

const WORKER = '/push.js';

/** Pushes need a browser that has them, and a page that nobody can tamper with. */
export function takesPushes(): boolean {
  return globalThis.isSecureContext && 'serviceWorker' in navigator && 'PushManager' in globalThis;
}

export async function isSubscribed(): Promise<boolean> {
  const worker = await navigator.serviceWorker.getRegistration(WORKER);
  return (await worker?.pushManager.getSubscription()) != null && Notification.permission === 'granted';
}

/** Asks the person, then the browser's push service, and tells the server where to push. */
export async function subscribe(http: Http): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted') {
    throw new Error('This browser does not let Hearth notify you. Its settings for this page decide.');
  }
  await navigator.serviceWorker.register(WORKER);
  const worker = await navigator.serviceWorker.ready;
  const { public_key } = await ok(http.api.GET('/api/v1/notifications/push-key'));
  const subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: public_key });
  const { endpoint = '', keys } = subscription.toJSON();
  const body = { endpoint, keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' } };
  try {
    await ok(http.api.POST('/api/v1/notifications/push-subscriptions', { body }));
  } catch (error) {
    await subscription.unsubscribe();
    throw error;
  }
}

/** The server first: a browser that is unsubscribed and told of nothing would be pushed to in vain. */
export async function unsubscribe(http: Http): Promise<void> {
  const worker = await navigator.serviceWorker.getRegistration(WORKER);
  const subscription = await worker?.pushManager.getSubscription();
  if (!subscription) return;
  const { endpoint } = subscription;
  await ok(http.api.DELETE('/api/v1/notifications/push-subscriptions', { params: { query: { endpoint } } }));
  await subscription.unsubscribe();
}
