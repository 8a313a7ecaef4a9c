import { expect, test } from 'vitest';
import { reasonsOf, remarkOf, sourceOf } from './reasons';

test('a report says why in words, and once', () => {
  expect(reasonsOf({ reason: 'other', reasons: { misinformation: 2, self_harm: 1 }, source: 'people' })).toBe(
    'Misinformation ×2, Self-harm',
  );
  expect(reasonsOf({ reason: 'other', reasons: {}, source: 'people' })).toBe('Another reason');
  const rule = { source: 'rule: Prizes' };
  expect(reasonsOf({ reason: 'other', reasons: { other: 1 }, ...rule })).toBe('Rule “Prizes”');
  expect(sourceOf(rule, '1 report')).toBe('found by the rule “Prizes”');
  expect(remarkOf({ ...rule, details: 'Found by the rule "Prizes".' })).toBeNull();
  expect(remarkOf({ ...rule, details: 'Found by the rule "Prizes" in: Win!' })).toBe(
    'Found by the rule "Prizes" in: Win!',
  );
  expect(remarkOf({ source: 'people', details: 'See there.' })).toBe('See there.');
});
