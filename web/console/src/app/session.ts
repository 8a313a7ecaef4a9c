import { Session } from '../features/auth/session';

/** Who is signed in on this device; one for the whole page. */
export const session = new Session();
