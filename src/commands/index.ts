import { batchCommand } from './batch.ts';
import { cacheCommand } from './cache.ts';
import type { Command } from './command.ts';
import { demoCommand } from './demo.ts';
import { doctor } from './doctor.ts';
import { galleryCommand } from './gallery.ts';
import { importImages } from './import.ts';
import { init } from './init.ts';
import { list } from './list.ts';
import { makeCommand } from './make.ts';
import { models } from './models.ts';
import { packCommand } from './pack.ts';
import { preflightCommand } from './preflight.ts';
import { previewCommand } from './preview.ts';
import { printersCommand } from './printers.ts';
import { productsCommand } from './products.ts';
import { reject } from './reject.ts';
import { release } from './release.ts';
import { seams } from './seams.ts';
import { setup } from './setup.ts';
import { show } from './show.ts';
import { studioCommand } from './studio.ts';
import { tag } from './tag.ts';
import { templateCommand } from './template.ts';
import { templatesCommand } from './templates.ts';
import { workerCommand } from './worker.ts';

/** Every verb, in the order in which the help lists them. */
export const commands: readonly Command[] = [
  demoCommand,
  init,
  importImages,
  list,
  show,
  seams,
  release,
  reject,
  tag,
  makeCommand,
  previewCommand,
  studioCommand,
  batchCommand,
  workerCommand,
  preflightCommand,
  packCommand,
  productsCommand,
  printersCommand,
  templatesCommand,
  templateCommand,
  galleryCommand,
  cacheCommand,
  models,
  doctor,
  setup,
];
