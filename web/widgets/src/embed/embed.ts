import type { GetToken } from '../api/http';
import { ELEMENTS } from './elements';
import { Host } from './host';

/**
 * What a page that loads `/embed/hearth.js` gets: the custom elements, and `window.hearth` to say who is signed in:
 *
 *     <script src="https://community.example/embed/hearth.js"></script>
 *     <script>hearth.signIn(() => tokenOfWhoeverIsHere())</script>
 *     <hearth-feed></hearth-feed>
 */
const source = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : location.href;
const host = new Host(new URL(source).origin);

for (const [name, make] of Object.entries(ELEMENTS)) {
  if (!customElements.get(name)) customElements.define(name, make(host));
}

const hearth = {
  /** Gives a function that answers the visitor's access token; null signs out. */
  signIn: (getToken: GetToken | null): void => host.signIn(getToken),
  /** Where Hearth is, when it is not where the script came from. */
  at: (baseUrl: string): void => host.at(baseUrl),
};

declare global {
  interface Window {
    hearth: typeof hearth;
  }
}

window.hearth = hearth;
