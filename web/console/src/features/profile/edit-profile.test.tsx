import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { amina, serve, show } from '../../../../widgets/src/testing';
import { EditProfile } from './edit-profile';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test('Who has no e-mail address is not shown an empty one', async () => {
  serve({ 'GET /api/auth/me/': { ...amina, email: null } });
  show(<EditProfile onDone={() => undefined} />);
  expect(await screen.findByLabelText("Show my e-mail address where an author's is shown")).toBeTruthy();
});
