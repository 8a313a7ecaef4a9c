import { useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { useCategories } from './api';
import { DIFFICULTIES, filtersOf, type SkillFilters, SORTS } from './filters';

const SORT_WORDS = {
  relevance: 'Best match',
  trending: 'Trending',
  newest: 'Newest',
  rating: 'Best rated',
  downloads: 'Most downloaded',
} as const;

/** Words and filters. A choice searches at once; words do with Enter. */
export function SkillSearch({ filters }: { filters: SkillFilters }) {
  const navigate = useNavigate();
  const categories = useCategories();
  const go = (form: HTMLFormElement) => {
    const values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));
    void navigate({ to: '/discover', search: filtersOf(values) });
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    go(event.currentTarget);
  };
  const known = categories.data?.results.map((one) => one.category) ?? [];
  const names = filters.category && !known.includes(filters.category) ? [filters.category, ...known] : known;
  return (
    <form role="search" className="h-card skill-search" onSubmit={submit}>
      <div className="skill-search__words">
        <input
          type="search"
          name="q"
          defaultValue={filters.q ?? ''}
          maxLength={200}
          placeholder="What do you want to learn?"
          aria-label="Search skills"
        />
        <button type="submit" className="h-button">
          Search
        </button>
      </div>
      <fieldset
        className="skill-search__filters"
        onChange={(event) => {
          const { form } = event.target as EventTarget as HTMLSelectElement;
          if (form) go(form);
        }}
      >
        <legend className="h-visually-hidden">Filters</legend>
        <select key={names.length} name="category" defaultValue={filters.category ?? ''} aria-label="Category">
          <option value="">Any category</option>
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <select name="difficulty" defaultValue={filters.difficulty ?? ''} aria-label="Difficulty">
          <option value="">Any difficulty</option>
          {DIFFICULTIES.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
        <select name="rating" defaultValue={filters.rating ?? ''} aria-label="Rating">
          <option value="">Any rating</option>
          <option value="3">3 and up</option>
          <option value="4">4 and up</option>
          <option value="4.5">4.5 and up</option>
        </select>
        <select name="sort" defaultValue={filters.sort ?? ''} aria-label="Order">
          <option value="">Any order</option>
          {SORTS.map((one) => (
            <option key={one} value={one}>
              {SORT_WORDS[one]}
            </option>
          ))}
        </select>
      </fieldset>
    </form>
  );
}
