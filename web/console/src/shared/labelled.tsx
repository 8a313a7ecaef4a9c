import { type ReactNode, useId } from 'react';

interface LabelledProps {
  label: string;
  hint?: string;
  error?: string;
  /** The control, which takes these to be found by its label and told with its hint and its error. */
  children: (control: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}

/** A label, a control of any kind, its hint and what is wrong with it. */
export function Labelled({ label, hint, error, children }: LabelledProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {hint ? (
        <p id={`${id}-hint`} className="h-muted">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="h-field-error" role="alert">
          {error}
        </p>
      ) : null}
    </div>
  );
}
