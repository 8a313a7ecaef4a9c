import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef } from 'react';
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
  const words = useRef<HTMLInputElement>(null);
  // The address may change without the form: by a link, or by going back.
  useEffect(() => {
    if (words.current) words.current.value = filters.q ?? '';
  }, [filters.q]);
  const search = (change: Record<string, string> = {}) => {
    const q = words.current?.value.trim() ?? '';
    void navigate({ to: '/discover', search: filtersOf({ ...filters, mine: undefined, q, ...change }) });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    search();
  };
  const known = categories.data?.results.map((one) => one.category) ?? [];
  const names = filters.category && !known.includes(filters.category) ? [filters.category, ...known] : known;
  return (
    <form role="search" className="h-card skill-search" onSubmit={submit}>
      <div className="skill-search__words">
        <input
          ref={words}
          type="search"
          maxLength={200}
          placeholder="What do you want to learn?"
          aria-label="Search skills"
        />
        <button type="submit" className="h-button">
          Search
        </button>
      </div>
      <fieldset className="skill-search__filters">
        <legend className="h-visually-hidden">Filters</legend>
        <select
          aria-label="Category"
          value={filters.category ?? ''}
          onChange={(event) => search({ category: event.target.value })}
        >
          <option value="">Any category</option>
          {names.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <select
          aria-label="Difficulty"
          value={filters.difficulty ?? ''}
          onChange={(event) => search({ difficulty: event.target.value })}
        >
          <option value="">Any difficulty</option>
          {DIFFICULTIES.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
        <select
          aria-label="Rating"
          value={filters.rating ?? ''}
          onChange={(event) => search({ rating: event.target.value })}
        >
          <option value="">Any rating</option>
          <option value="3">3 and up</option>
          <option value="4">4 and up</option>
          <option value="4.5">4.5 and up</option>
        </select>
        <select
          aria-label="Order"
          value={filters.sort ?? ''}
          onChange={(event) => search({ sort: event.target.value })}
        >
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
