export function Brand() {
  return (
    <span className="brand">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <path d="M16 3c2 6.300 10 10 10 17.800a10 10 0 0 1-20 0c0-3.600 1.800-6.200 4-8.300.5 2.800 1.800 4.300 3.400 5C12.500 13 13.300 7.100 16 3Z" />
      </svg>
      Hearth
    </span>
  );
}
