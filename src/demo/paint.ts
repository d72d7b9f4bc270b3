import { writeFile } from 'node:fs/promises';
import { writeWhole } from '../files.ts';
import { packagePath } from '../paths.ts';
import { demoCollection } from './collection.ts';
import { painters } from './painters.ts';
import { encodeDemo } from './png.ts';

/** Repaints the demo collection into assets/demo; with image IDs as arguments, those pictures only. */
const wanted = process.argv.slice(2);
for (const picture of demoCollection) {
  if (wanted.length > 0 && !wanted.includes(picture.id)) continue;
  const png = await encodeDemo(picture, painters[picture.painter](picture.seed));
  const path = packagePath('assets', 'demo', `${picture.id}.png`);
  await writeWhole(path, (temporary) => writeFile(temporary, png));
  process.stdout.write(`${picture.id} ${picture.painter}, ${Math.round(png.length / 1000)} kB\n`);
}
