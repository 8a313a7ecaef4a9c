import { Fragment } from 'react';

// What a name is made of, and what stands before an @ that belongs to an address: as the server finds mentions.
const PIECES =
  /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])|(?<![\p{L}\p{N}\p{M}+@/][_-]*|\.[_-]+)@([\p{L}\p{N}_](?:[\p{L}\p{N}\p{M}_.-]*[\p{L}\p{N}\p{M}_])?)(?![\p{L}\p{N}\p{M}_.-]*@)/gu;

export interface Piece {
  kind: 'text' | 'link' | 'mention';
  text: string;
}

/** What a person typed, cut into plain text, addresses and mentions. Never markup. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(PIECES)) {
    if (match.index > from) found.push({ kind: 'text', text: text.slice(from, match.index) });
    found.push({ kind: match[1] ? 'link' : 'mention', text: match[0] });
    from = match.index + match[0].length;
  }
  if (from < text.length) found.push({ kind: 'text', text: text.slice(from) });
  return found;
}

export function RichText({ text }: { text: string }) {
  return (
    <>
      {pieces(text).map((piece, index) => {
        if (piece.kind === 'text') return <Fragment key={index}>{piece.text}</Fragment>;
        if (piece.kind === 'mention') {
          return (
            <span key={index} className="h-mention">
              {piece.text}
            </span>
          );
        }
        return (
          <a key={index} href={piece.text} rel="nofollow noopener noreferrer" target="_blank">
            {piece.text.replace(/^https?:\/\//, '')}
          </a>
        );
      })}
    </>
  );
}
