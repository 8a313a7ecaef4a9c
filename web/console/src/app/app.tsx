import { HearthProvider } from '@hearth/widgets';
import { RouterProvider } from '@tanstack/react-router';
import { useSession } from '../features/auth/use-session';
import { personLink } from '../features/people/person-link';
import { router } from './router';
import { session } from './session';

export function App() {
  const { user } = useSession();
  return (
    <HearthProvider
      key={user?.id ?? 'nobody'}
      baseUrl=""
      getToken={session.getToken}
      user={user}
      personLink={personLink}
    >
      <RouterProvider router={router} />
    </HearthProvider>
  );
}
