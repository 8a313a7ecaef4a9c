import { EmptyState, ErrorState, messageOf, Skeleton } from '@hearth/widgets';
import { BackLink } from '../../shared/back-link';
import { useExperiments } from './api';
import { ExperimentCard } from './experiment-card';
import { NewExperimentForm } from './new-experiment';

/** Experiments and what comes of them, for administrators. */
export function ExperimentsPage() {
  const experiments = useExperiments();
  return (
    <main className="column column--wide" id="main">
      <BackLink to="/operations">Operations</BackLink>
      <h1 className="page-title">Experiments</h1>
      <NewExperimentForm />
      {experiments.isPending ? <Skeleton lines={4} label="Loading" /> : null}
      {experiments.isError ? (
        <ErrorState message={messageOf(experiments.error)} onRetry={() => void experiments.refetch()} />
      ) : null}
      {experiments.data?.results.length === 0 ? (
        <EmptyState title="No experiments yet">
          Half of the people get something new; here it shows what comes of it.
        </EmptyState>
      ) : null}
      {experiments.data?.results.map((one) => (
        <ExperimentCard key={one.id} experiment={one} />
      ))}
    </main>
  );
}
