import { Bar } from '@hearth/widgets';

export interface Interaction {
  interactionType: string;
  moodIntensityAtInteraction: number | null;
  createdAt: string;
}

const WIDTH = 300;
const HEIGHT = 80;

/** How strong each noted mood was, the oldest at the left. */
export function MoodChart({ rows }: { rows: readonly Interaction[] }) {
  const moods = rows.filter((row) => row.moodIntensityAtInteraction !== null).reverse();
  if (moods.length < 2) return <p className="h-muted">Too few moods were noted.</p>;
  const from = Date.parse(moods[0]?.createdAt ?? '');
  const span = Math.max(1, Date.parse(moods.at(-1)?.createdAt ?? '') - from);
  const points = moods.map((row) => {
    const x = ((Date.parse(row.createdAt) - from) / span) * WIDTH;
    const y = HEIGHT - ((row.moodIntensityAtInteraction ?? 0) / 10) * HEIGHT;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  const mean = moods.reduce((sum, row) => sum + (row.moodIntensityAtInteraction ?? 0), 0) / moods.length;
  return (
    <figure className="chart">
      <svg viewBox={`0 -4 ${WIDTH} ${HEIGHT + 8}`} preserveAspectRatio="none" role="img" aria-label="Mood over time">
        <polyline points={points.join(' ')} />
      </svg>
      <figcaption className="h-muted">
        {moods.length} moods from {day(moods[0])} to {day(moods.at(-1))}, {mean.toFixed(1)} of 10 on average
      </figcaption>
    </figure>
  );
}

/** At which hours of the day, by this device's clock. */
export function HoursChart({ rows }: { rows: readonly Interaction[] }) {
  const hours = Array.from({ length: 24 }, () => 0);
  for (const row of rows) {
    const hour = new Date(row.createdAt).getHours();
    hours[hour] = (hours[hour] ?? 0) + 1;
  }
  const most = Math.max(1, ...hours);
  const busiest = hours.indexOf(Math.max(...hours));
  return (
    <figure className="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label="Hours of the day">
        {hours.map((count, hour) => {
          const height = (count / most) * HEIGHT;
          return <rect key={hour} x={hour * 12.5 + 1} y={HEIGHT - height} width={10.5} height={height} />;
        })}
      </svg>
      <figcaption className="h-muted">
        Midnight to midnight; most between {busiest}:00 and {busiest + 1}:00
      </figcaption>
    </figure>
  );
}

export function TypesChart({ rows }: { rows: readonly Interaction[] }) {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.interactionType, (counts.get(row.interactionType) ?? 0) + 1);
  const sorted = [...counts].sort(([, one], [, other]) => other - one);
  return (
    <ul className="entries">
      {sorted.map(([type, count]) => (
        <li key={type}>
          <span className="entries__what">
            <span>{type}</span>
            <Bar share={count / (sorted[0]?.[1] ?? 1)} />
          </span>
          <strong className="entries__number">{count}</strong>
        </li>
      ))}
    </ul>
  );
}

function day(row: Interaction | undefined): string {
  return row ? new Date(row.createdAt).toLocaleDateString() : '';
}
