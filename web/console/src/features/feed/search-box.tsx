import { useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';

export function SearchBox({ q = '' }: { q?: string }) {
  const navigate = useNavigate();
  const search = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const words = String(new FormData(event.currentTarget).get('q') ?? '').trim();
    void navigate({ to: '/', search: words === '' ? {} : { q: words } });
  };
  return (
    <form role="search" className="search" onSubmit={search}>
      <input type="search" name="q" defaultValue={q} placeholder="Search posts" aria-label="Search posts" />
    </form>
  );
}
