import { useEffect, useRef, useState } from 'react';
import { Icon } from '../shared/icon';
import { plural, shortNumber } from '../shared/short-number';

export interface ViewCountProps {
  views: number;
  /** Whether the person reading has been counted: the eye is filled then. */
  hasViewed: boolean;
  /** The number is one saved on this device, not the server's of now. */
  saved?: boolean;
}

/** How many people saw a post. It ticks when one more does. */
export function ViewCount({ views, hasViewed, saved = false }: ViewCountProps) {
  const last = useRef(views);
  const [ticks, setTicks] = useState(0);
  useEffect(() => {
    if (views > last.current) setTicks((count) => count + 1);
    last.current = views;
  }, [views]);
  const seen = hasViewed ? 'seen by you' : 'not yet seen by you';
  return (
    <span
      className={`h-views${hasViewed ? ' h-views--seen' : ''}${saved ? ' h-views--saved' : ''}`}
      title={`${plural(views, 'view')}, ${seen}${saved ? ', as last saved' : ''}`}
    >
      <Icon name="eye" />
      <span className="h-visually-hidden">
        {plural(views, 'view')}, {seen}
      </span>
      <span key={ticks} className={ticks > 0 ? 'h-views__number h-tick' : 'h-views__number'} aria-hidden="true">
        {saved ? '≈' : ''}
        {shortNumber(views)}
      </span>
    </span>
  );
}
