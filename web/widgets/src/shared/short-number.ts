/** 999, 1.2K, 12K, 3.4M: short enough for a button. */
export function shortNumber(value: number): string {
  if (value < 1000) return String(value);
  return new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: value < 10_000 ? 1 : 0 }).format(
    value,
  );
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${shortNumber(count)} ${count === 1 ? one : many}`;
}
