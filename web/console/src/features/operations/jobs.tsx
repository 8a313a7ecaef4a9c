import { ErrorState, messageOf, Skeleton, shortNumber, TimeAgo, useHearth } from '@hearth/widgets';
import { useJobs, useRunJob, useSwitchJobs } from './api';
import { interval } from './words';

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
          {running ? 'Stop batch jobs' : 'Start batch jobs'}
        </button>
      </div>
      {running ? null : (
        <p className="verdict verdict--bad">
          Batch jobs rest on all nodes: one runs only when you ask for it. What keeps the server in order goes on.
        </p>
      )}
      <div className="figures figures--stacked">
        <table>
          <thead>
            <tr>
              {['Job', 'Every', 'Runs', 'Last', 'Next', 'Took', 'Outcome'].map((name) => (
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
                <td data-name="Every">{interval(job.interval)}</td>
                <td data-name="Runs">{shortNumber(job.runs)}</td>
                <td data-name="Last">{job.last_run === null ? 'not yet' : <TimeAgo at={job.last_run} />}</td>
                <td data-name="Next">{job.next_run === null ? 'when asked' : clock(job.next_run)}</td>
                <td data-name="Took">{job.duration_ms === null ? '' : `${shortNumber(job.duration_ms)} ms`}</td>
                <td data-name="Outcome">{job.state === 'running' ? 'running' : (job.outcome ?? '')}</td>
                <td data-name="Run">
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

function clock(time: string): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(new Date(time));
}
