import { expect, test } from 'vitest';
import { initials } from './avatar';
import { pieces } from './rich-text';
import { plural, shortNumber } from './short-number';
import { timeAgo } from './time-ago';

test('Text is cut into plain text, addresses and mentions', () => {
  expect(pieces('Hi @amina.k, see https://example.org/a?b=1. Mail me@home.example')).toEqual([
    { kind: 'text', text: 'Hi ' },
    { kind: 'mention', text: '@amina.k' },
    { kind: 'text', text: ', see ' },
    { kind: 'link', text: 'https://example.org/a?b=1' },
    { kind: 'text', text: '. Mail me@home.example' },
  ]);
});

test('Mentions are names of any script, and no addresses', () => {
  const mentions = (text: string) => pieces(text).flatMap((piece) => (piece.kind === 'mention' ? [piece.text] : []));
  expect(
    mentions('@José and @李雷, _@amina; .@мария. see a.b_@z.org, @amina@social.example, http://x.org/@amina'),
  ).toEqual(['@José', '@李雷', '@amina', '@мария']);
});

test('Only web addresses become links', () => {
  expect(pieces('javascript:alert(1)').every((piece) => piece.kind === 'text')).toBe(true);
});

test('Times are told as people tell them', () => {
  const now = new Date('2025-06-10T12:00:00Z').getTime();
  const ago = (ms: number) => timeAgo(new Date(now - ms), now);
  expect([ago(5_000), ago(300_000), ago(7_200_000), ago(172_800_000)]).toEqual(['just now', '5 min', '2 h', '2 d']);
});

test('A clock that is behind does not show the future', () => {
  expect(timeAgo(new Date(2_000), 1_000)).toBe('just now');
});

test('Numbers stay short', () => {
  expect([0, 999, 1_234, 12_345, 3_400_000].map(shortNumber)).toEqual(['0', '999', '1.2K', '12K', '3M']);
  expect([plural(1, 'view'), plural(2, 'view')]).toEqual(['1 view', '2 views']);
});

test('Initials are the first letters of the first and the last name', () => {
  expect(['Amina Wanjiru Kamau', 'juma', 'mary_ann', '😀 Joy', ''].map(initials)).toEqual([
    'AK',
    'J',
    'MA',
    '😀J',
    '?',
  ]);
});
