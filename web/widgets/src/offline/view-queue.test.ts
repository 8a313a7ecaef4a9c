import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../api/api-error';
import { ViewQueue } from './view-queue';

const send = vi.fn();
const make = () => new ViewQueue(() => 'views', send);

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  send.mockReset().mockResolvedValue(undefined);
});

afterEach(() => vi.useRealTimers());

test('Views of one moment go in one request', async () => {
  const queue = make();
  queue.add(1);
  queue.add(2);
  queue.add(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(send.mock.calls).toEqual([[[1, 2]]]);
  expect(queue.size).toBe(0);
});

test('What could not be sent is kept, also for the next visit', async () => {
  send.mockRejectedValueOnce(new ApiError(0, 'offline'));
  make().add(5);
  await vi.advanceTimersByTimeAsync(1_000);
  const later = make();
  expect(later.size).toBe(1);
  later.reload();
  await vi.advanceTimersByTimeAsync(0);
  expect(send).toHaveBeenLastCalledWith([5]);
  expect(later.size).toBe(0);
});

test('It tries again by itself', async () => {
  send.mockRejectedValueOnce(new ApiError(0, 'offline'));
  const queue = make();
  queue.add(5);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(queue.size).toBe(1);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(queue.size).toBe(0);
});

test('What the server will never take does not block the rest', async () => {
  send.mockRejectedValueOnce(new ApiError(400, 'post_ids array is required'));
  const queue = make();
  queue.add(5);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(queue.size).toBe(0);
});
