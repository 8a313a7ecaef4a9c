import { useQuery } from '@tanstack/react-query';
import { callDemo } from './api';

/** How to sign in where the server runs the demonstration; nothing elsewhere. */
export function DemoHint({ onChoose }: { onChoose: (username: string, password: string) => void }) {
  const { data } = useQuery({
    queryKey: ['demo'],
    queryFn: callDemo,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  if (!data?.password) return null;
  const { password, people } = data;
  return (
    <section className="demo" aria-label="Demonstration">
      <p>
        This is a demonstration. Everybody's password is <code>{password}</code>; come in as
      </p>
      <ul>
        {people.map(({ username, role }) => (
          <li key={username}>
            <button
              type="button"
              className="h-button h-button--quiet h-button--sm"
              onClick={() => onChoose(username, password)}
            >
              {username}
              <span className="h-muted">{role}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
