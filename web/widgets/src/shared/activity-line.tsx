import type { ReactNode } from 'react';

interface ActivityLineProps {
  /** A picture of what it is; it says nothing that the words don't. */
  face: ReactNode;
  title: ReactNode;
  time: ReactNode;
  children?: ReactNode;
}

/** One thing that happened, in a list of such. */
export function ActivityLine({ face, title, time, children }: ActivityLineProps) {
  return (
    <li className="h-activity__item">
      <span className="h-activity__icon" aria-hidden="true">
        {face}
      </span>
      <span className="h-activity__words">
        <span className="h-activity__title">{title}</span>
        {children}
        {time}
      </span>
    </li>
  );
}
