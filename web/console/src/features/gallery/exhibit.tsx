import { type ReactNode, useId, useState } from 'react';
import { Choice } from '../../shared/choice';

interface ExhibitProps {
  title: string;
  react: string;
  html: string;
  children?: ReactNode;
}

const WAYS = [
  { value: 'react', label: 'React' },
  { value: 'html', label: 'HTML' },
] as const;

/** Every state that a widget has, made up: opened by whoever wants to see them. */
export function States({ of, children }: { of: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="h-link">{of} in each state</summary>
      {open ? children : null}
    </details>
  );
}

/** One widget, with the code that shows it. */
export function Exhibit({ title, react, html, children }: ExhibitProps) {
  const id = useId();
  const [way, setWay] = useState<'react' | 'html'>('react');
  return (
    <section className="h-card exhibit" aria-labelledby={id}>
      <header className="exhibit__head">
        <h2 id={id} className="card-title">
          {title}
        </h2>
        <Choice label={`Code of ${title}`} options={WAYS} value={way} onChange={setWay} />
      </header>
      <pre className="exhibit__code">
        <code>{way === 'react' ? react : html}</code>
      </pre>
      {children ? <div className="exhibit__show">{children}</div> : null}
    </section>
  );
}
