import { ErrorState, messageOf, Skeleton, shortNumber, TimeAgo, useHearth } from '@hearth/widgets';
import { useJobs, useRunJob, useSwitchJobs } from './api';

/** What the server does every so often, when it did so last, and what came of it. */
export function Jobs() {
  const { notify } = useHearth();
  const jobs = useJobs();
  const run = useRunJob();
  const turn = useSwitchJobs();
  const failed = { onError: (error: unknown) => notify(messageOf(error), 'error') };
  if (jobs.isPending) return <Skeleton lines={5} label="Loading the jobs" />;
  if (jobs.isError) return <ErrorState message={messageOf(jobs.error)} onRetry={() => void jobs.refetch()} />;
  const { running } = jobs.data;
  return (
    <section className="h-card" aria-labelledby="jobs">
      <div className="title-row">
        <h2 id="jobs" className="card-title">
          Jobs
        </h2>
        <button
          type="button"
          className="h-button h-button--quiet h-button--sm"
          disabled={turn.isPending}
          onClick={() => turn.mutate(!running, failed)}
        >
          {running ? 'Stop all' : 'Start all'}
        </button>
      </div>
      {running ? null : <p className="verdict verdict--bad">Jobs rest: nothing is run when it is due.</p>}
      <div className="figures">
        <table>
          <thead>
            <tr>
              {['Job', 'Every', 'Runs', 'Last', 'Took', 'Outcome'].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
              <th scope="col">Run</th>
            </tr>
          </thead>
          <tbody>
            {jobs.data.jobs.map((job) => (
              <tr key={job.name}>
                <th scope="row">
                  {job.name}
                  {job.message ? (
                    <span className={job.outcome === 'failed' ? 'h-field-error' : 'job-message'}>{job.message}</span>
                  ) : null}
                </th>
                <td>{interval(job.interval)}</td>
                <td>{shortNumber(job.runs)}</td>
                <td>{job.last_run === null ? 'not yet' : <TimeAgo at={job.last_run} />}</td>
                <td>{job.duration_ms === null ? '' : `${shortNumber(job.duration_ms)} ms`}</td>
                <td>{job.state === 'running' ? 'running' : (job.outcome ?? '')}</td>
                <td>
                  <button
                    type="button"
                    className="h-link"
                    disabled={job.state === 'running' || run.isPending}
                    onClick={() => run.mutate(job.name, failed)}
                    aria-label={`Run ${job.name} now`}
                  >
                    Now
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function interval(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}
