import { expect, test } from 'vitest';
import { interval, size } from './words';

test('times and sizes are said as people say them', () => {
  expect([60, 300, 1800, 86_400].map(interval)).toEqual(['60 s', '5 min', '30 min', '24 h']);
  expect([0, 1, 64, 14_336, 3_145_728].map(size)).toEqual(['0 bytes', '1 byte', '64 bytes', '14 KB', '3.0 MB']);
});
