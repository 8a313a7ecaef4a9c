import { ErrorState, messageOf, Skeleton } from '@hearth/widgets';
import { type ReactNode, useState } from 'react';
import { Choice } from '../../shared/choice';
import { useCharts, usePatterns } from './api';
import { HoursChart, MoodChart, number, TypesChart } from './charts';
import { PERIODS } from './periods';

/** What one's interactions of a period have in common, as figures and as charts: the server counts all of them. */
export function Patterns() {
  const [days, setDays] = useState(90);
  const patterns = usePatterns(days);
  const charts = useCharts(days);
  const failed = [patterns, charts].find((one) => one.isError);
  return (
    <section className="patterns" aria-label="Your patterns">
      <div className="title-row">
        <h2 className="card-title">Your patterns</h2>
        <Choice label="Period" options={PERIODS} value={days} onChange={setDays} />
      </div>
      {failed ? (
        <ErrorState
          message={messageOf(failed.error)}
          onRetry={() => {
            void patterns.refetch();
            void charts.refetch();
          }}
        />
      ) : null}
      {charts.isPending ? <Skeleton lines={6} label="Loading charts" /> : null}
      {charts.data?.totalInteractions === 0 ? <p className="h-muted">Nothing in this period.</p> : null}
      {charts.data && charts.data.totalInteractions > 0 ? (
        <div className="pair" aria-busy={charts.isPlaceholderData}>
          <Card title="In figures">
            {patterns.data ? <Figures {...patterns.data} /> : <Skeleton lines={4} label="Loading figures" />}
          </Card>
          <Card title="Mood over time">
            <MoodChart mood={charts.data.mood} step={charts.data.moodStep} />
          </Card>
          <Card title="Hours of the day">
            <HoursChart hours={charts.data.hours} timeZone={charts.data.timeZone} />
          </Card>
          <Card title="Types">
            <TypesChart types={charts.data.types} />
          </Card>
        </div>
      ) : null}
    </section>
  );
}

function Figures({ totalInteractions, patterns, trends }: NonNullable<ReturnType<typeof usePatterns>['data']>) {
  const { mostCommonType, averageDuration, moodCorrelation, timeOfDayPattern, contentTypePreference } = patterns;
  const figures: readonly [string, string][] = [
    ['Interactions', number(totalInteractions)],
    ['Mostly', mostCommonType ?? '–'],
    ['Time spent, on average', duration(averageDuration)],
    ['Mood and opinion', moodCorrelation === null ? 'too few' : `r = ${moodCorrelation.toFixed(2)}`],
    ['Time of day', timeOfDayPattern ?? '–'],
    ['Kind of content', contentTypePreference ?? '–'],
    ['How often', trends.interactionFrequency],
  ];
  return (
    <dl className="figure-list">
      {figures.map(([label, value]) => (
        <div key={label}>
          <dt className="h-muted">{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="h-card">
      <h3 className="card-title">{title}</h3>
      {children}
    </section>
  );
}

function duration(seconds: number): string {
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
