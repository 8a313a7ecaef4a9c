import { Labelled } from '../../shared/labelled';
import { useForm } from '../../shared/use-form';
import { useReplay } from './api';
import { number } from './charts';

/** Scores another order of contents on what people were shown before, and took to. */
export function Replay({ id }: { id: number }) {
  const replay = useReplay(id);
  const form = useForm(async ({ ranking = '' }) => {
    await replay.mutateAsync(
      ranking
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    );
  });
  return (
    <details className="replay">
      <summary>Try another ranking on what was shown</summary>
      <form className="form" onSubmit={form.onSubmit}>
        <Labelled
          label="Ranking"
          hint="A content to a line, the best first. Those not named keep their order behind the others."
          error={form.fields.ranking ?? form.error ?? undefined}
        >
          {(control) => <textarea {...control} name="ranking" rows={5} required />}
        </Labelled>
        <div className="form__actions">
          <button type="submit" className="h-button h-button--quiet" disabled={form.busy}>
            Replay
          </button>
        </div>
      </form>
      {replay.data ? <Outcome {...replay.data} /> : null}
    </details>
  );
}

function Outcome(replay: NonNullable<ReturnType<typeof useReplay>['data']>) {
  const rows = [
    { name: 'As it was shown', score: replay.recorded },
    { name: 'Replayed', score: replay.replayed },
  ];
  return (
    <div className="figures figures--stacked" role="status">
      <p className="h-muted">
        {number(replay.judged)} of {number(replay.exposures)} lists can be judged: after them people took to something
        shown.
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Order</th>
            <th scope="col">NDCG at 10</th>
            <th scope="col">Reciprocal rank</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, score }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td data-name="NDCG at 10">{score.ndcg.toFixed(3)}</td>
              <td data-name="Reciprocal rank">{score.reciprocalRank.toFixed(3)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        Difference of NDCG {signed(replay.difference)}
        {replay.interval
          ? `, with 95 % certainty ${signed(replay.interval.low)} to ${signed(replay.interval.high)}`
          : ''}
        .
      </p>
      <p className="h-muted">{replay.note}</p>
    </div>
  );
}

function signed(value: number): string {
  return `${value > 0 ? '+' : ''}${value.toFixed(3)}`;
}
