// How fast preflight reads: a book's inside of 200 pages and a cover of about 26 MB, beside Ghostscript, which counts
// ink (`-sDEVICE=inkcov`), and qpdf, which checks the structure, in the same run. Every run is a process of its own, in
// turn, so that they share the machine's moods; medians are compared. Run: npm run build && node bench/preflight.mjs
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROUNDS = 3;
const cli = fileURLToPath(new URL('../dist/bin/printcat.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'printcat-bench-'));

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Wall time, ms; a verdict against the file is not a failure. */
function elapsed(program, args) {
  const start = performance.now();
  const { status, signal, stderr } = spawnSync(program, args, { maxBuffer: 1 << 28 });
  if (signal || status > 3) throw new Error(`${program}: ${signal ?? status}\n${stderr}`);
  return performance.now() - start;
}

/** Pages of type as a typesetter fills them, in two fonts, with rules and a picture on every tenth. */
function insidePostScript() {
  const words =
    'the cat walked over the roofs by night and nobody saw where she went until the morning came'.split(' ');
  const line = (page, row) =>
    Array.from({ length: 12 }, (_, i) => words[(page * 7 + row * 5 + i * 3) % words.length]).join(' ');
  const pages = Array.from({ length: 200 }, (_, page) => {
    const rows = Array.from(
      { length: 36 },
      (_, row) => `36 ${590 - row * 15} moveto (${line(page, row)}) show`,
    );
    const picture =
      page % 10 === 0
        ? 'gsave 36 40 translate 72 72 scale 64 64 8 [64 0 0 -64 0 64] { picture } image grestore'
        : '';
    return `0 0 0 1 setcmykcolor /Times-Roman 10 selectfont ${rows.join('\n')}\n/Helvetica-Bold 14 selectfont 36 615 moveto (Chapter ${page}) show 36 610 moveto 396 610 lineto 0.5 setlinewidth stroke ${picture} showpage`;
  });
  return `%!PS\n<< /PageSize [432 648] >> setpagedevice /picture 4096 string def\n${pages.join('\n')}\n`;
}

/** A JPEG of 25 MB: a gradient with a grain that no encoder can leave out. */
async function coverPicture() {
  const { default: sharp } = await import('sharp');
  const [width, height] = [5000, 7000];
  const cmyk = new Uint8Array(width * height * 3);
  for (let i = 0, seed = 1; i < cmyk.length; i++) {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    cmyk[i] = ((i / (width * 9)) & 127) + (seed >>> 27);
  }
  return sharp(cmyk, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 93, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

/** One page of 5000 × 7000 px at 300 ppi with a line of type: raw, so that the JPEG's bytes stay as they are. */
function coverPdf(jpeg) {
  const parts = [Buffer.from('%PDF-1.6\n')];
  const offsets = [];
  const put = (body, data) => {
    offsets.push(parts.reduce((sum, part) => sum + part.length, 0));
    parts.push(
      Buffer.from(`${offsets.length} 0 obj\n${body}\n`),
      ...(data ? [Buffer.from('stream\n'), data, Buffer.from('\nendstream\n')] : []),
      Buffer.from('endobj\n'),
    );
  };
  const content = Buffer.from(
    'q 1200 0 0 1680 0 0 cm /I Do Q 0 0 0 1 k BT /F 40 Tf 100 800 Td (Night Walks) Tj ET',
  );
  put('<< /Type /Catalog /Pages 2 0 R >>');
  put('<< /Type /Pages /Count 1 /Kids [3 0 R] >>');
  put(
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1200 1680] /TrimBox [9 9 1191 1671] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>',
  );
  put(`<< /Length ${content.length} >>`, content);
  put(
    `<< /Type /XObject /Subtype /Image /Width 5000 /Height 7000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>`,
    jpeg,
  );
  const end = parts.reduce((sum, part) => sum + part.length, 0);
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(
    Buffer.from(
      `xref\n0 6\n0000000000 65535 f \n${rows}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${end}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

try {
  const inside = join(folder, 'inside.pdf');
  const cover = join(folder, 'cover.pdf');
  writeFileSync(join(folder, 'inside.ps'), insidePostScript());
  execFileSync('gs', [
    '-q',
    '-dBATCH',
    '-dNOPAUSE',
    '-sDEVICE=pdfwrite',
    '-o',
    inside,
    '-c',
    '<< /NeverEmbed [] >> setdistillerparams',
    '-f',
    join(folder, 'inside.ps'),
  ]);
  writeFileSync(cover, coverPdf(await coverPicture()));

  console.log(
    `Node ${process.version}, ${availableParallelism()} cores of ${cpus()[0].model}; medians of ${ROUNDS} in turn\n`,
  );
  for (const [file, title, pages] of [
    [inside, 'inside of 200 pages', 200],
    [cover, 'cover', 1],
  ]) {
    const megabytes = statSync(file).size / 1e6;
    const runs = {
      'printcat preflight, structure and content (--rules x4)': [
        'node',
        [cli, 'preflight', file, '--rules', 'x4'],
      ],
      'printcat preflight, with ink (--rules sheetfed)': [
        'node',
        [cli, 'preflight', file, '--rules', 'sheetfed'],
      ],
      'gs -sDEVICE=inkcov': [
        'gs',
        ['-q', '-dBATCH', '-dNOPAUSE', '-o', '/dev/null', '-sDEVICE=inkcov', file],
      ],
      'qpdf --check': ['qpdf', ['--check', file]],
    };
    const times = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, [program, args]] of Object.entries(runs)) times[name].push(elapsed(program, args));
    }
    const gs = median(times['gs -sDEVICE=inkcov']);
    const qpdf = median(times['qpdf --check']);
    console.log(`${title}, ${megabytes.toFixed(1)} MB`);
    for (const [name, values] of Object.entries(times)) {
      const ms = median(values);
      const rate = `${((megabytes / ms) * 1000).toFixed(1)} MB/s, ${((pages / ms) * 1000).toFixed(1)} pages/s`;
      console.log(
        `  ${name.padEnd(56)}${(ms / 1000).toFixed(2)} s  ${rate}; ${(ms / gs).toFixed(2)} of gs, ${(ms / qpdf).toFixed(2)} of qpdf`,
      );
    }
    console.log();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
