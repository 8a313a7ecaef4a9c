import { shortNumber } from '@hearth/widgets';
import { usePrediction } from './history-api';

/** What the coming week may bring, where there is a forecast that beats repeating the last one. */
export function Outlook() {
  const { data } = usePrediction();
  if (data?.expected_engagements == null) return null;
  const expected = Math.round(data.expected_engagements);
  const model = data.models.find((one) => one.predicts === 'engagements');
  return (
    <section className="h-card">
      <h2 className="card-title">The coming week</h2>
      <p className="outlook">
        <strong>{shortNumber(expected)}</strong> {expected === 1 ? 'engagement' : 'engagements'} to expect
      </p>
      {model ? (
        <p className="h-muted">
          Off by {model.error.toFixed(1)} on average; repeating the last week is off by {model.naive_error.toFixed(1)}.
        </p>
      ) : null}
    </section>
  );
}
