// Bundles the command line into dist/bin: a hundred small modules of the libraries take most of a second to
// load one by one. What brings native code, WebAssembly or files of its own stays outside.
import { build } from 'esbuild';

await build({
  // All but the first run in threads of their own.
  entryPoints: {
    printcat: 'src/cli.ts',
    'nest-thread': 'src/nesting/nest-thread.ts',
    'cut-out-thread': 'src/prepare/cut-out-thread.ts',
    'strew-thread': 'src/prepare/strew-thread.ts',
    'ink-thread': 'src/press/ink-thread.ts',
    'proof-thread': 'src/preview/proof-thread.ts',
    'preflight-worker': 'src/preflight/preflight-worker.ts',
  },
  outdir: 'dist/bin',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  entryNames: '[name]',
  chunkNames: 'chunks/[name]-[hash]',
  external: [
    '@hyzyla/pdfium',
    '@puppeteer/browsers',
    'lcms-wasm',
    'libsql',
    'onnxruntime-node',
    'pacote',
    'sharp',
  ],
  // Libraries in CommonJS call `require` for Node's own modules.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  legalComments: 'linked',
  logLevel: 'warning',
});

// The studio's page, for the user's browser.
await build({
  entryPoints: ['src/studio/page/main.tsx', 'src/studio/page/style.css'],
  outdir: 'dist/studio',
  bundle: true,
  minify: true,
  platform: 'browser',
  format: 'esm',
  target: ['chrome111', 'firefox113', 'safari16.4'],
  legalComments: 'linked',
  logLevel: 'warning',
});
