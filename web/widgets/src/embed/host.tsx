import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import type { GetToken } from '../api/http';
import { HearthProvider } from '../provider/hearth-provider';
import css from '../styles/hearth.css?inline';
import embedCss from './embed.css?inline';

interface Place {
  key: number;
  mount: HTMLElement;
  content: ReactNode;
}

/** One React tree behind all elements of a page, so that they share one connection and one live state. */
export class Host {
  private readonly places = new Map<HTMLElement, Place>();
  private root: Root | null = null;
  private getToken: GetToken | null = null;
  private visit = 0;
  private keys = 0;
  private sheet: CSSStyleSheet | null = null;

  constructor(private baseUrl: string) {}

  signIn(getToken: GetToken | null): void {
    this.getToken = getToken;
    this.visit++;
    this.render();
  }

  at(baseUrl: string): void {
    this.baseUrl = baseUrl;
    this.render();
  }

  /** Shows content inside an element, apart from the page's own styles. */
  put(element: HTMLElement, content: ReactNode): void {
    const known = this.places.get(element);
    const place = known ?? { key: ++this.keys, mount: this.open(element, 'h-embed h-embed--ground'), content };
    this.places.set(element, { ...place, content });
    this.render();
  }

  remove(element: HTMLElement): void {
    this.places.delete(element);
    this.render();
  }

  private open(element: HTMLElement, className: string): HTMLElement {
    const shadow = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    if (this.sheet === null) {
      this.sheet = new CSSStyleSheet();
      this.sheet.replaceSync(css + embedCss);
    }
    shadow.adoptedStyleSheets = [this.sheet];
    const mount = document.createElement('div');
    mount.className = className;
    shadow.replaceChildren(mount);
    return mount;
  }

  private render(): void {
    // A page may say who is here in its head, before there is anything to show, or to show it in.
    if (this.root === null && this.places.size === 0) return;
    this.root ??= createRoot(this.open(document.body.appendChild(document.createElement('div')), 'h-embed'));
    const { getToken } = this;
    this.root.render(
      <HearthProvider key={this.visit} baseUrl={this.baseUrl} getToken={getToken ?? (() => null)}>
        {[...this.places.values()].map((place) => createPortal(place.content, place.mount, String(place.key)))}
      </HearthProvider>,
    );
  }
}
