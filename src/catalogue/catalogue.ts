import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type Database from 'libsql';
import type { BleedFill } from '../artwork/artwork.ts';
import { openDatabase } from './database.ts';
import type { Crop, Decision, DecisionEntry, Format, ImageRecord } from './image.ts';
import { unknownIds } from './makeable.ts';
import { readTag, type TagChange, type TagCount } from './tags.ts';
import { workspacePaths } from './workspace.ts';

const EXTENSIONS: Record<Format, string> = {
  png: 'png',
  jpeg: 'jpg',
  webp: 'webp',
  tiff: 'tif',
  avif: 'avif',
};

/** A picture that is to be added: what is known of it before it has an ID. */
export interface NewImage extends Omit<ImageRecord, 'id' | 'decision' | 'tags'> {
  /** The 14 digits of its ID to be. */
  readonly stamp: string;
  /** All metadata of the file as JSON values, by group and tag. */
  readonly raw: object;
}

export interface ListFilter {
  /** Only pictures of which one of these was decided. */
  readonly decisions?: readonly Decision[];
  /** Only pictures that have all of these tags. */
  readonly tags?: readonly string[];
  /** Words that must all occur in ID, file name, title, prompt, generator, model or tags; case does not matter. */
  readonly search?: string;
}

/** Who decides and what they say about it. */
export interface DecisionMaker {
  readonly who: string;
  /** ISO 8601, UTC; now if it is not said. */
  readonly when?: string;
  readonly note?: string;
}

/** What deciding did to one picture. */
export interface DecisionChange {
  readonly id: string;
  readonly before: Decision;
  readonly after: Decision;
}

interface ImageRow {
  id: string;
  id_origin: ImageRecord['idOrigin'];
  sha256: string;
  bytes: number;
  file_name: string;
  imported_at: string;
  imported_by: string;
  decision: Decision;
  tags: string;
  file: string;
  generation: string;
  notes: string;
}

const SELECT_IMAGE = `SELECT image.*, coalesce(
    (SELECT decision FROM decision WHERE image_id = image.id ORDER BY seq DESC LIMIT 1), 'unreviewed'
  ) AS decision, (SELECT json_group_array(tag) FROM tag WHERE image_id = image.id) AS tags FROM image`;

const toRecord = (row: ImageRow): ImageRecord => ({
  id: row.id,
  idOrigin: row.id_origin,
  sha256: row.sha256,
  bytes: row.bytes,
  fileName: row.file_name,
  importedAt: row.imported_at,
  importedBy: row.imported_by,
  decision: row.decision,
  tags: JSON.parse(row.tags).sort(),
  file: JSON.parse(row.file),
  generation: JSON.parse(row.generation),
  notes: JSON.parse(row.notes),
});

/** Upper and lower case, and composed and decomposed letters, are the same to a search. */
const folded = (text: string): string => text.normalize('NFC').toLowerCase();

const haystack = ({ id, fileName, generation: g, tags }: ImageRecord): string =>
  folded([id, fileName, g.title, g.prompt, g.generator, g.model, ...tags].filter(Boolean).join('\n'));

/** The pictures of a workspace with their metadata and decisions. Open one with `openCatalogue`. */
export class Catalogue {
  readonly workspace: string;
  readonly #db: Database.Database;

  constructor(workspace: string, db: Database.Database) {
    this.workspace = workspace;
    this.#db = db;
  }

  get(id: string): ImageRecord | null {
    return this.#one(`${SELECT_IMAGE} WHERE id = ?`, id);
  }

  /** The picture whose original has this content hash. */
  getByHash(sha256: string): ImageRecord | null {
    return this.#one(`${SELECT_IMAGE} WHERE sha256 = ?`, sha256);
  }

  /** The pictures that pass the filter, by ID. @throws PrintcatError for what is no tag */
  list({ decisions, tags = [], search = '' }: ListFilter = {}): ImageRecord[] {
    const wanted = tags.map(readTag);
    const words = folded(search).split(/\s+/).filter(Boolean);
    return (
      this.#db.prepare(`${SELECT_IMAGE} ORDER BY substr(id, 1, 14), length(id), id`).all() as ImageRow[]
    )
      .map(toRecord)
      .filter((image) => decisions?.includes(image.decision) ?? true)
      .filter((image) => wanted.every((tag) => image.tags.includes(tag)))
      .filter((image) => words.length === 0 || words.every((word) => haystack(image).includes(word)));
  }

  /** All IDs, in order. */
  ids(): string[] {
    return (this.#db.prepare('SELECT id FROM image ORDER BY id').all() as { id: string }[]).map(
      (row) => row.id,
    );
  }

  /** A picture's decisions, oldest first. */
  history(id: string): DecisionEntry[] {
    const sql = 'SELECT decision, who, at AS "when", note FROM decision WHERE image_id = ? ORDER BY seq';
    return this.#db.prepare(sql).all(id) as DecisionEntry[];
  }

  /** All metadata of the file as it was read at import, by group and tag. */
  rawMetadata(id: string): unknown {
    const rows = this.#db.prepare('SELECT raw FROM metadata WHERE image_id = ?').all(id) as { raw: string }[];
    return rows[0] ? JSON.parse(rows[0].raw) : null;
  }

  /** The crop that a hand chose for a picture on a product; `null` where nobody did. */
  crop(id: string, product: string): Crop | null {
    const sql = 'SELECT x, y, zoom FROM crop WHERE image_id = ? AND product = ?';
    const [row] = this.#db.prepare(sql).all(id, product) as Crop[];
    return row ? { x: row.x, y: row.y, zoom: row.zoom } : null;
  }

  /**
   * Keeps a crop, or forgets it where it is `null`.
   * @throws PrintcatError for an ID that is not in the catalogue
   */
  keepCrop(id: string, product: string, crop: Crop | null): void {
    if (!this.get(id)) throw unknownIds(this, [id]);
    if (!crop) {
      this.#db.prepare('DELETE FROM crop WHERE image_id = ? AND product = ?').run(id, product);
      return;
    }
    this.#db
      .prepare('INSERT OR REPLACE INTO crop (image_id, product, x, y, zoom) VALUES (?, ?, ?, ?, ?)')
      .run(id, product, crop.x, crop.y, crop.zoom);
  }

  /** How a hand chose to fill the bleed of a picture on a product; `null` where nobody did. */
  bleedFill(id: string, product: string): BleedFill | null {
    const sql = 'SELECT fill FROM bleed_fill WHERE image_id = ? AND product = ?';
    const [row] = this.#db.prepare(sql).all(id, product) as { fill: BleedFill }[];
    return row?.fill ?? null;
  }

  /**
   * Keeps how the bleed is filled, or forgets it where it is `null`.
   * @throws PrintcatError for an ID that is not in the catalogue
   */
  keepBleedFill(id: string, product: string, fill: BleedFill | null): void {
    if (!this.get(id)) throw unknownIds(this, [id]);
    if (fill === null) {
      this.#db.prepare('DELETE FROM bleed_fill WHERE image_id = ? AND product = ?').run(id, product);
      return;
    }
    this.#db
      .prepare('INSERT OR REPLACE INTO bleed_fill (image_id, product, fill) VALUES (?, ?, ?)')
      .run(id, product, fill);
  }

  /**
   * Gives pictures tags and takes some off, all of them or none.
   * @throws PrintcatError naming every ID that is not in the catalogue, or for what is no tag
   */
  tag(ids: readonly string[], { add = [], remove = [] }: TagChange): void {
    const [added, removed] = [add.map(readTag), remove.map(readTag)];
    this.#db
      .transaction(() => {
        const unknown = [...new Set(ids)].filter((id) => !this.get(id));
        if (unknown.length > 0) throw unknownIds(this, unknown);
        const insert = this.#db.prepare('INSERT OR IGNORE INTO tag (image_id, tag) VALUES (?, ?)');
        const drop = this.#db.prepare('DELETE FROM tag WHERE image_id = ? AND tag = ?');
        for (const id of ids) {
          for (const tag of added) insert.run(id, tag);
          for (const tag of removed) drop.run(id, tag);
        }
      })
      .immediate();
  }

  /** Every tag with the number of its pictures, by name. */
  tags(): TagCount[] {
    const sql = 'SELECT tag, count(*) AS pictures FROM tag GROUP BY tag ORDER BY tag';
    return (this.#db.prepare(sql).all() as TagCount[]).map(({ tag, pictures }) => ({ tag, pictures }));
  }

  /**
   * Decides on pictures, all of them or none. The same decision again is recorded only if it says more: with
   * a note.
   * @throws PrintcatError naming every ID that is not in the catalogue
   */
  decide(
    ids: readonly string[],
    decision: Decision,
    { who, when = new Date().toISOString(), note }: DecisionMaker,
  ): DecisionChange[] {
    return this.#db
      .transaction(() => {
        const wanted = [...new Set(ids)];
        const unknown = wanted.filter((id) => !this.get(id));
        if (unknown.length > 0) throw unknownIds(this, unknown);
        const insert = this.#db.prepare(
          'INSERT INTO decision (image_id, decision, who, at, note) VALUES (?, ?, ?, ?, ?)',
        );
        return wanted.map((id): DecisionChange => {
          const before = this.get(id)!.decision;
          if (before !== decision || note !== undefined) insert.run(id, decision, who, when, note ?? null);
          return { id, before, after: decision };
        });
      })
      .immediate();
  }

  /**
   * Adds a picture, whose original must already be in the store, in one transaction.
   * @returns the picture and whether it is new: the same bytes are never there twice
   */
  add(image: NewImage): { image: ImageRecord; added: boolean } {
    return this.#db
      .transaction(() => {
        const there = this.getByHash(image.sha256);
        if (there) return { image: there, added: false };
        const id = this.#freeId(image.stamp);
        this.#db
          .prepare(
            `INSERT INTO image (id, id_origin, sha256, bytes, file_name, imported_at, imported_by, file,
               generation, notes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          )
          .run(
            id,
            image.idOrigin,
            image.sha256,
            image.bytes,
            image.fileName,
            image.importedAt,
            image.importedBy,
            JSON.stringify(image.file),
            JSON.stringify(image.generation),
            JSON.stringify(image.notes),
          );
        this.#db
          .prepare('INSERT INTO metadata (image_id, raw) VALUES (?, ?)')
          .run(id, JSON.stringify(image.raw));
        return { image: this.get(id)!, added: true };
      })
      .immediate();
  }

  /** Where a picture's original lies (or should lie): by content hash, whatever it was called. */
  originalPath({ sha256, file }: Pick<ImageRecord, 'sha256' | 'file'>): string {
    const name = `${sha256}.${EXTENSIONS[file.format]}`;
    return join(workspacePaths(this.workspace).originals, sha256.slice(0, 2), name);
  }

  /**
   * Whether the original is in its place with its full length. Its bytes are not read: those who read it anyway,
   * import and what computes from it, look whether they are still the same.
   */
  async hasOriginal(image: Pick<ImageRecord, 'sha256' | 'file' | 'bytes'>): Promise<boolean> {
    const path = this.originalPath(image);
    return existsSync(path) && (await stat(path)).size === image.bytes;
  }

  close(): void {
    this.#db.close();
  }

  #one(sql: string, value: string): ImageRecord | null {
    const rows = this.#db.prepare(sql).all(value) as ImageRow[];
    return rows[0] ? toRecord(rows[0]) : null;
  }

  /** The stamp itself, or with the next suffix. IDs are never given up, so the next one is free. */
  #freeId(stamp: string): string {
    // `.` is the character after `-`: all IDs of this stamp, found through the index.
    const sql = `SELECT max(CAST(coalesce(nullif(substr(id, 16), ''), '1') AS INTEGER)) AS last
                 FROM image WHERE id >= ? AND id < ? || '.'`;
    const [{ last }] = this.#db.prepare(sql).all(stamp, stamp) as [{ last: number | null }];
    return last === null ? stamp : `${stamp}-${last + 1}`;
  }
}

/** What making products asks of a catalogue. */
export type Pictures = Pick<
  Catalogue,
  'get' | 'history' | 'ids' | 'crop' | 'bleedFill' | 'hasOriginal' | 'originalPath'
>;

/** Opens a workspace's catalogue; the caller closes it. */
export const openCatalogue = (workspace: string): Catalogue =>
  new Catalogue(workspace, openDatabase(workspacePaths(workspace).database));
