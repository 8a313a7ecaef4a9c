import { Icon, messageOf, ok, useHearth } from '@hearth/widgets';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Labelled } from '../../shared/labelled';

interface ReportButtonProps {
  kind: 'post' | 'comment' | 'skill' | 'task' | 'user';
  id: string | number;
}

const REASONS = [
  ['spam', 'Spam'],
  ['harassment', 'Harassment'],
  ['hate', 'Hate'],
  ['self_harm', 'Self-harm'],
  ['sexual', 'Sexual content'],
  ['violence', 'Violence'],
  ['misinformation', 'Misinformation'],
  ['other', 'Something else'],
] as const;

/** Tells the moderators about something. */
export function ReportButton({ kind, id }: ReportButtonProps) {
  const { hearth, notify } = useHearth();
  const [open, setOpen] = useState(false);
  const report = useMutation({
    mutationFn: (body: { content_type: string; content_id: string | number; reason: string; details: string | null }) =>
      ok(hearth.http.api.POST('/api/v1/moderation/report', { body })),
  });
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const details = String(form.get('details') ?? '').trim();
    report.mutate(
      {
        content_type: kind,
        content_id: id,
        reason: String(form.get('reason')),
        details: details === '' ? null : details,
      },
      {
        onSuccess: () => {
          setOpen(false);
          notify('Thank you. A moderator will look at it.');
        },
        onError: (error) => notify(messageOf(error), 'error'),
      },
    );
  };
  const button = (
    <button type="button" className="h-link report__button" aria-expanded={open} onClick={() => setOpen(!open)}>
      <Icon name="flag" />
      Report
    </button>
  );
  if (!open) return button;
  return (
    <div className="report">
      {button}
      <form className="form" aria-label={`Report this ${kind}`} onSubmit={send}>
        <Labelled label="What is wrong with it?">
          {(control) => (
            <select {...control} name="reason">
              {REASONS.map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <Labelled label="In your words (optional)">
          {(control) => <textarea {...control} name="details" rows={2} maxLength={2000} />}
        </Labelled>
        <div className="form__actions">
          <button type="button" className="h-button h-button--quiet" onClick={() => setOpen(false)}>
            Cancel
          </button>
          <button type="submit" className="h-button" disabled={report.isPending}>
            Send the report
          </button>
        </div>
      </form>
    </div>
  );
}
