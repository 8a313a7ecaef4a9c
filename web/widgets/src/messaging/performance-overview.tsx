import { messageOf } from '../api/api-error';
import type { components } from '../api/schema';
import { useHearth } from '../provider/context';
import { ErrorState, Skeleton } from '../shared/states';
import { useMessagingNews, usePerformance } from './api';

export interface PerformanceOverviewProps {
  className?: string;
  /** Figures alone, without the charts. */
  compact?: boolean;
}

type Performance = components['schemas']['Performance'];

/** The tenant's figures, and the last twelve months. */
export function PerformanceOverview({ className = '', compact = false }: PerformanceOverviewProps) {
  const { me } = useHearth();
  useMessagingNews();
  const performance = usePerformance();
  if (me && !me.tenant_id) return <p className="h-muted">You belong to no organisation here.</p>;
  if (performance.isPending) return <Skeleton lines={4} label="Loading figures" />;
  if (performance.isError)
    return <ErrorState message={messageOf(performance.error)} onRetry={() => void performance.refetch()} />;
  const { metrics, charts } = performance.data;
  return (
    <div className={`h-performance ${className}`}>
      <Figures metrics={metrics} />
      {compact ? null : (
        <>
          <Chart title="Messages" labels={charts.message_volume.labels} values={charts.message_volume.data} />
          <Chart
            title="Delivery rate"
            labels={charts.delivery_rates.labels}
            values={charts.delivery_rates.data}
            most={100}
            unit="%"
          />
        </>
      )}
    </div>
  );
}

function Figures({ metrics }: { metrics: Performance['metrics'] }) {
  const figures = [
    { label: 'Total Messages', value: metrics.total_messages.toLocaleString('en') },
    { label: 'Delivery Rate', value: `${metrics.delivery_rate}%` },
    { label: 'Response Rate', value: `${metrics.response_rate}%` },
    { label: 'Active Conversations', value: metrics.active_conversations.toLocaleString('en') },
    { label: 'Campaign Success', value: `${metrics.campaign_success_rate}%` },
  ];
  return (
    <dl className="h-figures">
      {figures.map(({ label, value }) => (
        <div key={label} className="h-figures__one">
          <dt className="h-muted">{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface ChartProps {
  title: string;
  labels: readonly string[];
  values: readonly number[];
  most?: number;
  unit?: string;
}

/** Bars by month; a table for whoever does not see them. */
function Chart({ title, labels, values, most, unit = '' }: ChartProps) {
  const top = most ?? Math.max(1, ...values);
  return (
    <figure className="h-months">
      <figcaption className="h-months__title">{title}</figcaption>
      <ol className="h-months__bars">
        {values.map((value, at) => (
          <li key={at} className="h-months__month" title={`${labels[at]}: ${value}${unit}`}>
            <span className="h-months__bar" style={{ blockSize: `${(100 * value) / top}%` }} />
            <span className="h-months__label" aria-hidden="true">
              {labels[at]}
            </span>
            <span className="h-visually-hidden">
              {labels[at]}: {value}
              {unit}
            </span>
          </li>
        ))}
      </ol>
    </figure>
  );
}
