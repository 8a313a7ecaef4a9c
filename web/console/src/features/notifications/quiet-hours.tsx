import { Field } from '../../shared/field';
import type { Preferences } from './api';

interface QuietHoursProps {
  hours: Preferences['quiet_hours'];
  onChange: (hours: Preferences['quiet_hours']) => void;
}

/** A time of night in which nothing leaves the house; in the time zone of whoever sets it. */
export function QuietHours({ hours, onChange }: QuietHoursProps) {
  const time_zone = hours?.time_zone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <section className="h-card form">
      <h2 className="card-title">Quiet hours</h2>
      <label className="check">
        <input
          type="checkbox"
          checked={hours !== null}
          onChange={(event) => onChange(event.target.checked ? { start: '22:00', end: '07:00', time_zone } : null)}
        />
        <span>No mails and no push in these hours ({time_zone})</span>
      </label>
      {hours ? (
        <div className="between">
          <Field
            label="From"
            type="time"
            value={hours.start}
            onChange={(event) => onChange({ ...hours, start: event.target.value || hours.start })}
          />
          <Field
            label="Until"
            type="time"
            value={hours.end}
            onChange={(event) => onChange({ ...hours, end: event.target.value || hours.end })}
          />
        </div>
      ) : null}
    </section>
  );
}
