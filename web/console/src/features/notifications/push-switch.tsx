import { messageOf, useHearth } from '@hearth/widgets';
import { useMutation, useQuery } from '@tanstack/react-query';
import { isSubscribed, subscribe, takesPushes, unsubscribe } from './push';

/** Whether this browser shows notifications while no page of Hearth is open. */
export function PushSwitch() {
  const { hearth, notify } = useHearth();
  const able = takesPushes();
  const here = useQuery({ queryKey: ['notifications', 'push-here'], queryFn: isSubscribed, enabled: able });
  const change = useMutation({
    mutationFn: (on: boolean) => (on ? subscribe(hearth.http) : unsubscribe(hearth.http)),
    onError: (error) => notify(messageOf(error), 'error'),
    onSettled: () => here.refetch(),
  });
  return (
    <section className="h-card" aria-labelledby="push">
      <h2 id="push" className="card-title">
        This browser
      </h2>
      {able ? (
        <label className="check">
          <input
            type="checkbox"
            checked={here.data ?? false}
            disabled={here.isPending || change.isPending}
            onChange={(event) => change.mutate(event.target.checked)}
          />
          <span>Push here what is ticked above, even while Hearth is closed</span>
        </label>
      ) : (
        <p className="h-muted">This browser takes no pushes here. It needs a secure address (https).</p>
      )}
    </section>
  );
}
