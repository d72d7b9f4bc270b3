import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The samples of all templates take minutes.
    exclude: ['test/long/**', 'test/gallery/**'],
    globalSetup: ['test/setup/build.ts'],
    reporters: ['default', './test/setup/closing-line.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
