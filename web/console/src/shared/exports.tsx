import { messageOf, useHearth } from '@hearth/widgets';
import type { UseMutationResult } from '@tanstack/react-query';

interface ExportsProps<T extends string> {
  formats: readonly { format: T; label: string }[];
  take: Pick<UseMutationResult<unknown, Error, T>, 'isPending' | 'mutate'>;
}

/** A button for each form in which something can be taken along. */
export function Exports<T extends string>({ formats, take }: ExportsProps<T>) {
  const { notify } = useHearth();
  return (
    <div className="ties">
      {formats.map(({ format, label }) => (
        <button
          key={format}
          type="button"
          className="h-button h-button--quiet h-button--sm"
          disabled={take.isPending}
          onClick={() => take.mutate(format, { onError: (error) => notify(messageOf(error), 'error') })}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
