import { QueryClient, QueryClientProvider, type QueryKey } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';

interface StageProps {
  title: string;
  /** What the widget's question is answered with; `null`: nothing, for ever. */
  answer: ((key: QueryKey) => unknown) | null;
  children: ReactNode;
}

/** A widget in one of its states: the same component, asking nobody but the stage. */
export function Stage({ title, answer, children }: StageProps) {
  const [client] = useState(() => staged(answer));
  return (
    <figure className="stage">
      <figcaption className="h-muted">{title}</figcaption>
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </figure>
  );
}

function staged(answer: StageProps['answer']): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        staleTime: Number.POSITIVE_INFINITY,
        persister: (_, { queryKey }) =>
          answer === null ? new Promise<never>(() => undefined) : Promise.resolve().then(() => answer(queryKey)),
      },
    },
  });
}
