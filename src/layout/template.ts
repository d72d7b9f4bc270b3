import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join, resolve, sep } from 'node:path';
import * as z from 'zod';
import { expected, messageOf, PrintcatError } from '../errors.ts';
import { keptFor } from '../kept-for.ts';
import { packagePath } from '../paths.ts';
import { isEan13 } from './ean13.ts';
import { declaredColour } from './template-colours.ts';

/** What a template is given besides its fields, which therefore have other names. */
const GIVEN: readonly string[] = ['page', 'sheet', 'slots', 'pictures', 'options', 'data'];

/** What may fill a picture place: one picture, a pattern of some, many beside each other. */
export const SLOT_FILLS = ['picture', 'repeat', 'mosaic'] as const;

/** What a template is called, and what its fields are for, in another language than that of the declaration. */
const translation = z.strictObject({
  title: z.string().min(1),
  fields: z.record(z.string(), z.string().min(1)).default({}),
});

/** A template's `template.json`. The JSON Schema of its fields is kept as data and read by `fieldsOf`. */
const declared = z.strictObject({
  title: z.string().min(1),
  description: z.string().min(1),
  /** Names of the products it lays out. */
  products: z.array(z.string()).min(1),
  /** BCP 47 tag of the language it is set in; decides hyphenation and line breaking. */
  language: z.string().min(2),
  /** The binding its reading direction asks for. */
  binding: z.enum(['left', 'right']).optional(),
  /** Style sheets of static `@fontsource` packages: `@fontsource/eb-garamond/latin-400.css`. */
  fonts: z.array(z.string().regex(/^@fontsource\/[a-z0-9-]+\/[a-z0-9-]+\.css$/)).default([]),
  /** Places for pictures: their names and what stands there. */
  slots: z.record(
    z.string().regex(/^[a-z][a-z0-9-]*$/),
    z.strictObject({
      description: z.string(),
      fills: z.array(z.enum(SLOT_FILLS)).min(1).default(['picture']),
    }),
  ),
  /** For the studio's page, by its languages: `{"ja": {"title": "…", "fields": {"author": "…"}}}`. */
  translations: z.partialRecord(z.enum(['en', 'ja']), translation).default({}),
  /** Exact colours: custom properties of the style sheet, `--colour-brand`. */
  colours: z.record(z.string().regex(/^[a-z][a-z0-9-]*$/), declaredColour).default({}),
  /** JSON Schema of the fields (`--set name=value`). */
  fields: z.strictObject({
    type: z.literal('object'),
    properties: z.record(
      z
        .string()
        .regex(/^[a-z][a-zA-Z0-9]*$/)
        .refine((name) => !GIVEN.includes(name), { error: `Expected none of ${GIVEN.join(', ')}` }),
      z.record(z.string(), z.unknown()),
    ),
    required: z.array(z.string()).default([]),
    additionalProperties: z.literal(false).default(false),
  }),
});

const manifest = declared.superRefine(({ translations, fields }, context) => {
  for (const [language, { fields: own }] of Object.entries(translations)) {
    const unknown = Object.keys(own).find((name) => !Object.hasOwn(fields.properties, name));
    if (unknown === undefined) continue;
    const known = Object.keys(fields.properties).join(', ') || 'none, for it has no fields,';
    const message = `Expected one of ${known} but received ${unknown}`;
    context.addIssue({ code: 'custom', path: ['translations', language, 'fields'], message });
  }
});

export interface Template extends z.output<typeof declared> {
  readonly name: string;
  /** Its folder; nothing outside it is readable for the template. */
  readonly folder: string;
}

/** What a template's field takes, for help texts and forms. */
export interface FieldFacts {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly maxLength: number | null;
  readonly format: string | null;
  /** What it may look like; `null` where the template gives no example. */
  readonly example: string | null;
}

const MANIFEST = 'template.json';
const builtIn = packagePath('templates');

/** The folder of every template (what has a `template.json`) by its name: the shipped ones, and before them those of the given folders. */
async function templateFolders(folders: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const folder of [builtIn, ...folders]) {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const { name } of entries) {
      const own = join(folder, name);
      if (existsSync(join(own, MANIFEST))) found.set(name, own);
    }
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The templates in the given folders and those that the program ships, by name. */
export async function listTemplates(folders: readonly string[] = []): Promise<Template[]> {
  const found = await templateFolders(folders);
  return Promise.all([...found].map(([name, folder]) => readTemplate(name, folder)));
}

/**
 * Finds a template by its name (a workspace's own come before the shipped ones) or by its folder's path.
 * @throws PrintcatError where there is none, naming those that there are
 */
export async function findTemplate(nameOrPath: string, folders: readonly string[] = []): Promise<Template> {
  if (nameOrPath.includes('/') || nameOrPath.includes(sep) || isAbsolute(nameOrPath)) {
    return readTemplate(nameOrPath.split(/[/\\]/).filter(Boolean).at(-1)!, resolve(nameOrPath));
  }
  const found = await templateFolders(folders);
  const folder = found.get(nameOrPath);
  if (folder) return readTemplate(nameOrPath, folder);
  throw expected(`one of ${[...found.keys()].join(', ')}`, '--template', nameOrPath);
}

async function readTemplate(name: string, folder: string): Promise<Template> {
  const file = join(folder, MANIFEST);
  const text = await readFile(file, 'utf8').catch(() => {
    throw new PrintcatError(`Expected a template in ${folder} but found no template.json there`, {
      hint: 'printcat templates lists what there is.',
    });
  });
  try {
    return { ...manifest.parse(JSON.parse(text)), name, folder };
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? z.prettifyError(error).split('\n').join(' ') : messageOf(error);
    throw new PrintcatError(`Template ${name}: template.json is not valid: ${reason}`, { cause: error });
  }
}

/** The fields of a template in the order of their declaration. */
export function fieldsOf(template: Template): FieldFacts[] {
  return Object.entries(template.fields.properties).map(([name, schema]) => ({
    name,
    description: String(schema.description ?? schema.title ?? name),
    required: template.fields.required.includes(name),
    maxLength: typeof schema.maxLength === 'number' ? schema.maxLength : null,
    format: typeof schema.format === 'string' ? schema.format : null,
    example: exampleOf(schema.examples),
  }));
}

/** The first of JSON Schema's `examples`. */
const exampleOf = (examples: unknown): string | null =>
  Array.isArray(examples) && typeof examples[0] === 'string' ? examples[0] : null;

/**
 * Checks an order's fields against the template's schema.
 * @param given the values of `--set name=value`
 * @returns every declared field; those that were not given are empty strings, so that a template can ask
 * @throws PrintcatError for an unknown field, a missing one, or a value that the schema refuses
 */
export function checkFields(
  template: Template,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const known = fieldsOf(template);
  const hint = `printcat templates ${template.name} shows its fields.`;
  for (const name of Object.keys(given)) {
    if (!known.some((field) => field.name === name)) {
      if (known.length === 0)
        throw new PrintcatError(`Template ${template.name} has no fields but received ${name}`, { hint });
      throw expected(
        `one of ${known.map((f) => f.name).join(', ')}`,
        `a field of ${template.name}`,
        name,
        hint,
      );
    }
  }
  const missing = known.filter((field) => field.required && !given[field.name]?.trim());
  if (missing.length > 0) {
    const { name } = missing[0]!;
    const all = missing.map((field) => `--set ${field.name}="${field.example ?? '…'}"`).join(' ');
    throw new PrintcatError(`Expected a ${name} for template ${template.name} but received none`, {
      hint: `Add ${missing.some(({ example }) => example) ? 'for example ' : ''}${all}. ${hint}`,
    });
  }
  for (const [field, value] of Object.entries(given)) {
    const control = /[^\P{Cc}\n\t]/u.exec(value);
    if (!control) continue;
    const code = control[0].codePointAt(0)!.toString(16).padStart(4, '0');
    throw expected('text without control characters', field, `U+${code.toUpperCase()}`);
  }
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  const parsed = fieldSchema(template.fields).safeParse(filled);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const name = String(issue.path[0]);
    const description = known.find((field) => field.name === name)?.description;
    throw issue.code === 'too_big'
      ? expected(`at most ${issue.maximum} characters`, name, `${given[name]?.length} characters`, hint)
      : expected(description ? `"${description}"` : issue.message, name, given[name], hint);
  }
  for (const field of known) {
    const value = given[field.name];
    if (field.format === 'isbn-13' && value && !(isEan13(value) && /^97[89]/.test(value))) {
      throw expected('a 13-digit ISBN with a right check digit', field.name, value);
    }
  }
  return Object.fromEntries(known.map((field) => [field.name, given[field.name] ?? '']));
}

// Formats are checked here: JSON Schema's own know nothing of books.
const fieldSchema = keptFor(({ format: _, ...schema }: Record<string, unknown>) =>
  z.fromJSONSchema(withoutFormats(schema) as z.core.JSONSchema.JSONSchema),
);

function withoutFormats(schema: Record<string, unknown>): Record<string, unknown> {
  const properties = Object.entries(schema.properties as Record<string, Record<string, unknown>>).map(
    ([name, { format: _, ...rest }]) => [name, rest] as const,
  );
  return { ...schema, properties: Object.fromEntries(properties) };
}
