import { Link } from '@tanstack/react-router';
import { Deliveries } from './deliveries';
import { Drift } from './drift';
import { Ledger } from './ledger';

/** How the server fares, for administrators: the ledger and its readers, the checks, and what leaves the server. */
export function OperationsPage() {
  return (
    <main className="column column--wide" id="main">
      <h1 className="page-title">Operations</h1>
      <Ledger />
      <Drift />
      <Deliveries />
      <p>
        <Link to="/operations/experiments">Experiments</Link>
      </p>
    </main>
  );
}
