import type { InputHTMLAttributes } from 'react';
import { Labelled } from './labelled';

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: string;
  error?: string;
}

/** A labelled input with its hint and what is wrong with it. */
export function Field({ label, hint, error, ...input }: FieldProps) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {(control) => <input {...control} {...input} />}
    </Labelled>
  );
}
