import { Bar, messageOf, plural, useHearth } from '@hearth/widgets';
import { type ChangeEvent, useState } from 'react';
import { useImportFile, useImports } from './api';

/** A CSV file of contacts, and how far it and the last ones are. */
export function ImportContacts() {
  const { notify } = useHearth();
  const upload = useImportFile();
  const [sent, setSent] = useState(0);
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (!file) return;
    setSent(0);
    upload.mutate({ file, onProgress: setSent }, { onError: (error) => notify(messageOf(error), 'error') });
  };
  return (
    <section className="h-card form" aria-labelledby="import">
      <h2 id="import" className="card-title">
        Import contacts
      </h2>
      <p className="h-muted">CSV with the columns name, phone, email and tags; up to 100,000 rows.</p>
      <label className="h-button h-button--quiet file-button">
        Choose a file
        <input
          type="file"
          accept=".csv,text/csv"
          className="h-visually-hidden"
          disabled={upload.isPending}
          onChange={choose}
        />
      </label>
      {upload.isPending ? (
        <div role="status">
          Sending the file
          <Bar share={sent} />
        </div>
      ) : null}
      <Imports />
    </section>
  );
}

function Imports() {
  const imports = useImports();
  return (
    <ul className="rows" aria-label="Imports">
      {imports.data?.results.map((one) => (
        <li key={one.id} className="row">
          <span className="row__main">
            <span>
              {one.status === 'running' ? 'Importing' : 'Imported'} {one.processed} of {plural(one.total, 'row')}
            </span>
            <Bar share={one.total === 0 ? 1 : one.processed / one.total} />
            <span className="h-muted">
              {one.added} new, {one.existing} known, {one.invalid} bad
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
