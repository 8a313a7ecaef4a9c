import { Link } from '@tanstack/react-router';
import { Caches } from './caches';
import { Deliveries } from './deliveries';
import { Drift } from './drift';
import { Jobs } from './jobs';
import { Ledger } from './ledger';

/** How the server fares, for administrators: the ledger and its readers, jobs, what leaves the server, sockets and caches, the checks. */
export function OperationsPage() {
  return (
    <main className="column column--wide" id="main">
      <h1 className="page-title">Operations</h1>
      <Ledger />
      <Jobs />
      <Deliveries />
      <Caches />
      <Drift />
      <p>
        <Link to="/operations/experiments">Experiments</Link>
      </p>
    </main>
  );
}
