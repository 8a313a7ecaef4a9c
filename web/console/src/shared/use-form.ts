import { ApiError, messageOf } from '@hearth/widgets';
import { type FormEvent, useState } from 'react';

/** A form's life: send, wait, and show what the server found wrong beside the field it names. */
export function useForm(send: (values: Record<string, string>) => Promise<void>): {
  busy: boolean;
  fields: Readonly<Record<string, string>>;
  /** What is wrong with no field in particular. */
  error: string | null;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
} {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (busy) return;
    const values: Record<string, string> = {};
    for (const [name, value] of new FormData(event.currentTarget)) values[name] = String(value);
    setBusy(true);
    setProblem(null);
    send(values)
      .catch(setProblem)
      .finally(() => setBusy(false));
  };
  const fields = problem instanceof ApiError ? problem.fields : {};
  const error = problem === null || Object.keys(fields).length > 0 ? null : messageOf(problem);
  return { busy, fields, error, onSubmit };
}
