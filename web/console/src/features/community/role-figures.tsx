import { type CampaignPerformance, type CoursePopularity, shortNumber } from '@hearth/widgets';
import type { ReactNode } from 'react';
import { useSession } from '../auth/use-session';
import { useCampaigns, useCourses } from './api';
import { YourCampaigns } from './your-campaigns';

const percent = (share: number) => `${Math.round(share * 100)} %`;
const TRENDS: Record<string, string> = { up: '↗ up', down: '↘ down', flat: '→ flat' };

/** What a facilitator sees of their courses, and a corporate user of their campaigns; nothing for anybody else. */
export function RoleFigures() {
  const { user } = useSession();
  const facilitates = user?.roles.includes('facilitator') ?? false;
  const campaigns = user?.roles.includes('corporate') ?? false;
  const courses = useCourses(facilitates);
  const runs = useCampaigns(campaigns);
  return (
    <>
      {courses.data ? <Courses courses={courses.data.courses} /> : null}
      {runs.data ? <Campaigns campaigns={runs.data.campaigns} /> : null}
    </>
  );
}

function Courses({ courses }: { courses: readonly CoursePopularity[] }) {
  return (
    <Figures
      title="Your courses"
      columns={['Course', 'Engagements', 'Active people', 'Engagement rate', 'Trend']}
      rows={courses.map((course) => [
        course.course_name,
        shortNumber(course.total_engagements),
        shortNumber(course.active_participants),
        percent(course.engagement_rate),
        TRENDS[course.trend] ?? course.trend,
      ])}
    />
  );
}

function Campaigns({ campaigns }: { campaigns: readonly CampaignPerformance[] }) {
  return (
    <Figures
      title="Your campaigns"
      columns={['Campaign', 'Engagements', 'Impressions', 'Engagement rate', 'Click rate', 'Conversions', 'Trend']}
      rows={campaigns.map((campaign) => [
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
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  children?: ReactNode;
}

/** A table; on a phone each row is a list of its own. */
function Figures({ title, columns, rows, children }: FiguresProps) {
  return (
    <section className="h-card" aria-label={title}>
      <h2 className="card-title">{title}</h2>
      {rows.length === 0 ? <p className="h-muted">None yet.</p> : <Rows columns={columns} rows={rows} />}
      {children}
    </section>
  );
}

function Rows({ columns, rows }: Pick<FiguresProps, 'columns' | 'rows'>) {
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
