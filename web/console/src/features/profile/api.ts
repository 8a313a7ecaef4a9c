import { type User, useHearth } from '@hearth/widgets';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { session } from '../../app/session';

/** One's own account, with what others do not see. */
export interface Account extends User {
  email: string | null;
  bio: string;
  show_email: boolean;
  is_private: boolean;
  time_zone: string | null;
}

export interface AccountChange {
  display_name: string;
  bio: string;
  show_email: boolean;
  is_private: boolean;
}

const KEY = ['account'];

export function useAccount() {
  const { hearth, me } = useHearth();
  return useQuery({ queryKey: [...KEY, me?.id], queryFn: () => hearth.http.get<Account>('/api/auth/me') });
}

export function useChangeAccount() {
  const { hearth, me } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: AccountChange) => hearth.http.send<Account>('PATCH', '/api/auth/me', { body: change }),
    onSuccess: (account) => {
      queries.setQueryData([...KEY, me?.id], account);
      session.update(account);
    },
  });
}
