import { ErrorState, messageOf, Skeleton, shortNumber } from '@hearth/widgets';
import type { ReactNode } from 'react';
import { useSession } from '../auth/use-session';
import { useCampaigns, useCourses } from './api';
import { YourCampaigns } from './your-campaigns';

const percent = (share: number) => `${Math.round(share * 100)} %`;
const TRENDS: Record<string, string> = { up: '↗ up', down: '↘ down', flat: '→ flat' };

/** What a facilitator sees of their courses, and a corporate user of their campaigns; nothing for anybody else. */
export function RoleFigures() {
  const { user } = useSession();
  return (
    <>
      {user?.roles.includes('facilitator') ? <Courses /> : null}
      {user?.roles.includes('corporate') ? <Campaigns /> : null}
    </>
  );
}

function Courses() {
  const found = useCourses();
  return (
    <Figures
      title="Your courses"
      found={found}
      columns={['Course', 'Engagements', 'Active people', 'Engagement rate', 'Trend']}
      rows={found.data?.courses.map((course) => [
        course.course_name,
        shortNumber(course.total_engagements),
        shortNumber(course.active_participants),
        percent(course.engagement_rate),
        TRENDS[course.trend] ?? course.trend,
      ])}
    />
  );
}

function Campaigns() {
  const found = useCampaigns();
  return (
    <Figures
      title="Your campaigns"
      found={found}
      columns={['Campaign', 'Engagements', 'Impressions', 'Engagement rate', 'Click rate', 'Conversions', 'Trend']}
      rows={found.data?.campaigns.map((campaign) => [
        campaign.campaign_name,
        shortNumber(campaign.total_engagements),
        shortNumber(campaign.impressions),
        percent(campaign.engagement_rate),
        percent(campaign.ctr),
        percent(campaign.conversion_rate),
        TRENDS[campaign.trend] ?? campaign.trend,
      ])}
    >
      <YourCampaigns />
    </Figures>
  );
}

interface FiguresProps {
  title: string;
  found: { isError: boolean; error: unknown; refetch: () => unknown };
  columns: readonly string[];
  /** Undefined until they are there. */
  rows?: readonly (readonly string[])[];
  children?: ReactNode;
}

/** A table; on a phone each row is a list of its own. */
function Figures({ title, found, columns, rows, children }: FiguresProps) {
  return (
    <section className="h-card" aria-label={title}>
      <h2 className="card-title">{title}</h2>
      {rows ? (
        <>
          {rows.length === 0 ? <p className="h-muted">None yet.</p> : <Rows columns={columns} rows={rows} />}
          {children}
        </>
      ) : found.isError ? (
        <ErrorState message={messageOf(found.error)} onRetry={() => void found.refetch()} />
      ) : (
        <Skeleton lines={2} label={`Loading ${title.toLowerCase()}`} />
      )}
    </section>
  );
}

function Rows({ columns, rows }: { columns: FiguresProps['columns']; rows: readonly (readonly string[])[] }) {
  return (
    <div className="figures figures--stacked">
      <table>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...cells], row) => (
            <tr key={`${row} ${name}`}>
              <th scope="row">{name}</th>
              {cells.map((cell, index) => (
                <td key={index} data-name={columns[index + 1]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
