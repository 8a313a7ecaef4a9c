import { Avatar, FollowButton, ok, PersonName, useHearth } from '@hearth/widgets';
import { useQuery } from '@tanstack/react-query';

/** Whom one might follow, and why. Where nobody comes to mind it says nothing. */
export function Suggestions() {
  const { hearth } = useHearth();
  const found = useQuery({
    queryKey: ['people', 'suggestions'],
    queryFn: () => ok(hearth.http.api.GET('/api/v1/follow/suggestions', { params: { query: { limit: 4 } } })),
  });
  if (!found.data || found.data.results.length === 0) return null;
  return (
    <section className="h-card" aria-labelledby="suggestions">
      <h2 id="suggestions" className="card-title">
        People to follow
      </h2>
      <ul className="people">
        {found.data.results.map((person) => (
          <li key={person.id}>
            <Avatar user={person} size="sm" />
            <span className="suggestion">
              <PersonName user={person} />
              <span className="h-muted">{person.because}</span>
            </span>
            <FollowButton userId={person.id} name={person.display_name} size="sm" />
          </li>
        ))}
      </ul>
    </section>
  );
}
