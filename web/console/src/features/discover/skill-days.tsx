import type { SkillDay } from '@hearth/widgets';

/** What to do on which day. */
export function SkillDays({ days }: { days: readonly SkillDay[] }) {
  if (days.length === 0) return null;
  return (
    <section className="h-card" aria-labelledby="days">
      <h2 id="days" className="card-title">
        Day by day
      </h2>
      <ol className="days">
        {days.map(({ day, title, tasks }) => (
          <li key={day} className="days__one">
            <span className="days__number" aria-hidden="true">
              {day}
            </span>
            <div className="days__what">
              <h3 className="days__title">
                <span className="h-visually-hidden">Day {day}: </span>
                {title || `Day ${day}`}
              </h3>
              {tasks.length > 0 ? (
                <ul>
                  {tasks.map((task, index) => (
                    <li key={index}>{task}</li>
                  ))}
                </ul>
              ) : null}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
