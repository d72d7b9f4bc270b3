import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { messageOf, PrintcatError } from '../errors.ts';

/** How long a writer waits for another process to finish its transaction, ms. */
const BUSY_TIMEOUT = 30_000;

/**
 * Each entry leads from the schema version of its index to the next one. Entries are only ever added: a
 * catalogue made by any earlier version is brought up to date when it is opened.
 */
const MIGRATIONS = [
  `CREATE TABLE image (
     id TEXT PRIMARY KEY,
     id_origin TEXT NOT NULL,
     sha256 TEXT NOT NULL UNIQUE,
     bytes INTEGER NOT NULL,
     file_name TEXT NOT NULL,
     imported_at TEXT NOT NULL,
     imported_by TEXT NOT NULL,
     file TEXT NOT NULL CHECK (json_valid(file)),
     generation TEXT NOT NULL CHECK (json_valid(generation)),
     notes TEXT NOT NULL CHECK (json_valid(notes))
   ) STRICT;
   -- Apart from the image, because it is large and a list does not need it.
   CREATE TABLE metadata (
     image_id TEXT PRIMARY KEY REFERENCES image (id),
     raw TEXT NOT NULL CHECK (json_valid(raw))
   ) STRICT;
   -- The history. A picture's decision is its newest entry; a picture without one is unreviewed.
   CREATE TABLE decision (
     seq INTEGER PRIMARY KEY,
     image_id TEXT NOT NULL REFERENCES image (id),
     decision TEXT NOT NULL CHECK (decision IN ('unreviewed', 'released', 'rejected')),
     who TEXT NOT NULL,
     at TEXT NOT NULL,
     note TEXT
   ) STRICT;
   CREATE INDEX decision_of_image ON decision (image_id, seq);`,
  `-- Where a hand put a picture on a product: the point that stays in the crop, and how close it is seen.
   CREATE TABLE crop (
     image_id TEXT NOT NULL REFERENCES image (id),
     product TEXT NOT NULL,
     x REAL NOT NULL CHECK (x BETWEEN 0 AND 1),
     y REAL NOT NULL CHECK (y BETWEEN 0 AND 1),
     zoom REAL NOT NULL CHECK (zoom BETWEEN 1 AND 8),
     PRIMARY KEY (image_id, product)
   ) STRICT;`,
  `-- How a hand filled the bleed of a picture on a product; apart from the crop, which may be found all the same.
   CREATE TABLE bleed_fill (
     image_id TEXT NOT NULL REFERENCES image (id),
     product TEXT NOT NULL,
     fill TEXT NOT NULL CHECK (fill IN ('scale', 'mirror', 'extend')),
     PRIMARY KEY (image_id, product)
   ) STRICT;`,
  `-- Words that somebody gave a picture, as readTag writes them.
   CREATE TABLE tag (
     image_id TEXT NOT NULL REFERENCES image (id),
     tag TEXT NOT NULL,
     PRIMARY KEY (image_id, tag)
   ) STRICT;`,
] as const;

/**
 * Opens the catalogue's database, makes it where there is none and brings an older schema up to date.
 * @param path the database file
 * @throws PrintcatError where it is no catalogue, or one of a newer printcat
 */
export function openDatabase(path: string): Database.Database {
  let db: Database.Database | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    db = new Database(path, { timeout: BUSY_TIMEOUT });
    // Readers (a list, the studio) are not held up by an import, and a crash leaves a whole database.
    db.pragma('journal_mode = WAL');
    db.pragma('foreign_keys = ON');
    migrate(db, path);
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof PrintcatError) throw error;
    throw new PrintcatError(`Could not open the catalogue ${path}: ${messageOf(error)}`, {
      hint: 'The originals beside it are untouched; move the file away and import them again.',
      cause: error,
    });
  }
}

function migrate(db: Database.Database, path: string): void {
  if (schemaVersion(db) === MIGRATIONS.length) return;
  db.transaction(() => {
    const version = schemaVersion(db);
    if (version > MIGRATIONS.length) {
      throw new PrintcatError(
        `Expected a catalogue of schema version ${MIGRATIONS.length} or older but ${path} is of version ${version}`,
        { hint: 'It was made by a newer printcat: update this one.' },
      );
    }
    for (const migration of MIGRATIONS.slice(version)) db.exec(migration);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  }).immediate();
}

const schemaVersion = (db: Database.Database): number =>
  (db.pragma('user_version') as [{ user_version: number }])[0].user_version;
