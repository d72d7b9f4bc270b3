import { defineConfig, mergeConfig } from 'vitest/config';
import usual from './vitest.config.ts';

/** Tests that take minutes: `npx vitest run --config vitest.long.config.ts`. */
const config = mergeConfig(usual, defineConfig({ test: { env: { PRINTCAT_TEST: 'all' } } }));
config.test.include = [
  'test/long/**/*.test.ts',
  'test/gallery/**/*.test.ts',
  'test/press/css-features.test.ts',
  'test/contours/{contour,hollows}.test.ts',
  'test/preflight/ink-bounds.test.ts',
  'test/layout/{scaffold,paper,templates,cover-templates}.test.ts',
];
config.test.exclude = [];
export default config;
