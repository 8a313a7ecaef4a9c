interface RangeProps {
  low: number;
  high: number;
  as: (share: number) => string;
}

export function Range({ low, high, as }: RangeProps) {
  return (
    <>
      {as(low)} to {as(high)}
    </>
  );
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)}\u00a0%`;
}

/** A difference of shares: percentage points, with its sign. */
export function points(difference: number): string {
  return `${difference > 0 ? '+' : ''}${(difference * 100).toFixed(1)}\u00a0points`;
}
