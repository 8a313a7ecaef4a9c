import { useCallback, useRef, useState } from 'react';
import { Icon } from './icon';

export type Tone = 'plain' | 'error';
export type Notify = (text: string, tone?: Tone) => void;

interface Notice {
  id: number;
  text: string;
  tone: Tone;
}

const SHOWN_FOR = 6_000;

export function useNoticeList(): { notices: readonly Notice[]; notify: Notify; dismiss: (id: number) => void } {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const last = useRef(0);
  const dismiss = useCallback((id: number) => setNotices((all) => all.filter((notice) => notice.id !== id)), []);
  const notify = useCallback<Notify>(
    (text, tone = 'plain') => {
      const id = ++last.current;
      setNotices((all) => [...all.filter((notice) => notice.text !== text), { id, text, tone }].slice(-3));
      setTimeout(() => dismiss(id), SHOWN_FOR);
    },
    [dismiss],
  );
  return { notices, notify, dismiss };
}

/** Always in the page, so that screen readers hear what is added to it. */
export function Notices({ notices, onDismiss }: { notices: readonly Notice[]; onDismiss: (id: number) => void }) {
  return (
    <div className="h-notices" role="status" aria-live="polite">
      {notices.map((notice) => (
        <div key={notice.id} className={`h-notice h-notice--${notice.tone}`}>
          <span>{notice.text}</span>
          <button type="button" className="h-icon-button" aria-label="Dismiss" onClick={() => onDismiss(notice.id)}>
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}
