/** What a search for skills is narrowed to; it lives in the page's address. */
export interface SkillFilters {
  q?: string;
  category?: string;
  difficulty?: Difficulty;
  sort?: Sort;
  /** At least this mean. */
  rating?: number;
  /** One's own alone, also those that nobody else sees. */
  mine?: boolean;
}

export const DIFFICULTIES = ['beginner', 'intermediate', 'advanced'] as const;
export type Difficulty = (typeof DIFFICULTIES)[number];

export const SORTS = ['relevance', 'trending', 'newest', 'rating', 'downloads'] as const;
export type Sort = (typeof SORTS)[number];

export const VISIBILITIES = ['public', 'followers', 'private'] as const;

const oneOf = <T extends string>(all: readonly T[], value: unknown): T | undefined => all.find((one) => one === value);

/** Reads the filters from an address; what makes no sense there is left out. */
export function filtersOf(search: Record<string, unknown>): SkillFilters {
  const filters: SkillFilters = {
    q: search.q === undefined || search.q === '' ? undefined : String(search.q).slice(0, 200),
    category: search.category === undefined || search.category === '' ? undefined : String(search.category),
    difficulty: oneOf(DIFFICULTIES, search.difficulty),
    sort: oneOf(SORTS, search.sort),
    rating: [3, 4, 4.5].find((least) => least === Number(search.rating)),
    mine: search.mine === true || undefined,
  };
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
}

export function isNarrowed(filters: SkillFilters): boolean {
  return Object.keys(filters).length > 0;
}
