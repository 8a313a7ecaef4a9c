/** What is wrong with a form as a whole, read out when it appears. */
export function FormError({ children }: { children: string | null | undefined }) {
  return children ? (
    <p className="h-field-error" role="alert">
      {children}
    </p>
  ) : null;
}
