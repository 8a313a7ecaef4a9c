import { Bar } from '@hearth/widgets';
import type { Charts } from './api';

const WIDTH = 300;
const HEIGHT = 80;
const STRONGEST = 10;

/** How strong moods were on average, each day, week or month; the oldest at the left. */
export function MoodChart({ mood, step }: { mood: Charts['mood']; step: string }) {
  const [first, last] = [mood[0], mood.at(-1)];
  if (!first || !last || mood.length < 2) return <p className="h-muted">Too few moods were noted.</p>;
  const span = Date.parse(last.from) - Date.parse(first.from);
  const points = mood.map(({ from, average }) => {
    const x = ((Date.parse(from) - Date.parse(first.from)) / span) * WIDTH;
    return `${x.toFixed(1)},${(HEIGHT - (average / STRONGEST) * HEIGHT).toFixed(1)}`;
  });
  const notes = mood.reduce((sum, point) => sum + point.notes, 0);
  const mean = mood.reduce((sum, point) => sum + point.average * point.notes, 0) / notes;
  return (
    <figure className="chart">
      <div className="chart__plot">
        <svg viewBox={`0 -4 ${WIDTH} ${HEIGHT + 8}`} preserveAspectRatio="none" role="img" aria-label="Mood over time">
          <line x1={0} x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
          <line x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
          <polyline points={points.join(' ')} />
        </svg>
        <ol className="chart__scale h-muted" aria-hidden="true">
          <li>10</li>
          <li>5</li>
          <li>0</li>
        </ol>
      </div>
      <p className="day-ends h-muted" aria-hidden="true">
        <span>{inWords(first.from)}</span>
        <span>{inWords(last.from)}</span>
      </p>
      <figcaption className="h-muted">
        {number(notes)} moods, averaged by {step}; {mean.toFixed(1)} of {STRONGEST} over all
      </figcaption>
    </figure>
  );
}

/** At which hours of the day, by the clock of the person's time zone. */
export function HoursChart({ hours, timeZone }: { hours: readonly number[]; timeZone: string }) {
  const most = Math.max(1, ...hours);
  const busiest = hours.indexOf(Math.max(...hours));
  return (
    <figure className="chart">
      <ol className="day-bars" aria-label="Interactions by hour">
        {hours.map((count, hour) => (
          <li key={hour} title={`${between(hour)}: ${number(count)}`}>
            <span className="h-visually-hidden">
              {between(hour)}: {count}
            </span>
            <span aria-hidden="true" style={{ height: `${Math.max(count > 0 ? 2 : 0, (count / most) * 100)}%` }} />
          </li>
        ))}
      </ol>
      <p className="day-ends h-muted" aria-hidden="true">
        <span>0:00</span>
        <span>6:00</span>
        <span>12:00</span>
        <span>18:00</span>
        <span>24:00</span>
      </p>
      <figcaption className="h-muted">
        Most between {between(busiest)}, {number(hours[busiest] ?? 0)} of them; time zone {timeZone}
      </figcaption>
    </figure>
  );
}

export function TypesChart({ types }: { types: Charts['types'] }) {
  return (
    <ul className="entries">
      {types.map(({ interactionType, interactions }) => (
        <li key={interactionType}>
          <span className="entries__what">
            <span>{interactionType}</span>
            <Bar share={interactions / (types[0]?.interactions ?? 1)} />
          </span>
          <strong className="entries__number">{number(interactions)}</strong>
        </li>
      ))}
    </ul>
  );
}

export function number(count: number): string {
  return count.toLocaleString();
}

function between(hour: number): string {
  return `${hour}:00 and ${hour + 1}:00`;
}

/** A day as the server names it, whatever this device's zone is. */
function inWords(day: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(undefined, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}
