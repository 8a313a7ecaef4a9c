import { configure } from '@testing-library/react';

// A busy machine may take its time: tests wait for what they want to see, not for a moment.
configure({ asyncUtilTimeout: 60_000 });
