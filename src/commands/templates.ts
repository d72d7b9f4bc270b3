import { join } from 'node:path';
import * as z from 'zod';
import type { FieldFacts, Template } from '../layout/template.ts';
import type { DeclaredColour } from '../layout/template-colours.ts';
import type { Terminal } from '../terminal.ts';
import { type Context, defineCommand, jsonOption, option, workspaceOption } from './command.ts';
import { table } from './table.ts';

export const templatesCommand = defineCommand({
  name: 'templates',
  describe: 'List the templates; with a name, what it takes',
  options: {
    name: option(z.string().optional(), {
      description: 'A template, for example quarter, or the folder of one',
      positional: true,
    }),
    workspace: workspaceOption,
    json: jsonOption,
  },
  examples: [
    ['templates', 'which templates there are, the shipped ones and those of the workspace'],
    ['templates bungei', 'its fields, picture places and fonts'],
  ],
  async run({ name, workspace, json }, context) {
    const { findTemplate, listTemplates } = await import('../layout/template.ts');
    const folders = await ownTemplates(context, workspace);
    if (name === undefined) {
      const all = await listTemplates(folders);
      if (json) context.terminal.json(await Promise.all(all.map(templateFacts)));
      else printList(all, context.terminal);
      return undefined;
    }
    const facts = await templateFacts(await findTemplate(name, folders));
    if (json) context.terminal.json(facts);
    else printTemplate(facts, context.terminal);
    return undefined;
  },
});

/** The folder of the workspace's own templates; none where there is no workspace and none was asked for. */
async function ownTemplates({ cwd }: Context, given: string | undefined): Promise<string[]> {
  const { workspaceIfAny } = await import('../catalogue/workspace.ts');
  const workspace = workspaceIfAny(cwd, given);
  return workspace === undefined ? [] : [join(workspace, 'templates')];
}

interface TemplateFacts
  extends Pick<
    Template,
    'name' | 'title' | 'description' | 'products' | 'language' | 'slots' | 'fonts' | 'colours'
  > {
  readonly binding: 'left' | 'right' | null;
  readonly fields: readonly FieldFacts[];
}

async function templateFacts(template: Template): Promise<TemplateFacts> {
  const { fieldsOf } = await import('../layout/template.ts');
  const { name, title, description, products, language, binding = null, slots, fonts, colours } = template;
  const fields = fieldsOf(template);
  return { name, title, description, products, language, binding, fields, slots, colours, fonts };
}

function printList(templates: readonly Template[], terminal: Terminal): void {
  const rows = templates.map(({ name, products, language, binding, description }) => [
    name,
    products.join(', '),
    language,
    binding ? `bound ${binding}` : '',
    description,
  ]);
  for (const line of table(rows)) terminal.print(line);
}

function printTemplate(facts: TemplateFacts, terminal: Terminal): void {
  const { bold } = terminal.colours;
  const section = (heading: string, rows: string[][]) => {
    terminal.print();
    terminal.print(bold(heading));
    for (const line of table(rows)) terminal.print(line);
  };
  terminal.print(`${bold(facts.name)} – ${facts.title}`);
  for (const line of table([[facts.description]])) terminal.print(line);
  section('For', [
    ['products', facts.products.join(', ')],
    ['language', facts.language],
    ...(facts.binding ? [['binding', facts.binding]] : []),
  ]);
  section(
    'Fields (--set name=value)',
    facts.fields.map(({ name, description, required, maxLength, format }) => [
      name,
      required ? 'required' : '',
      maxLength === null ? '' : `≤ ${maxLength}`,
      format ?? '',
      description,
    ]),
  );
  section(
    'Pictures',
    Object.entries(facts.slots).map(([name, { description }]) => [name, description]),
  );
  const colours = Object.entries(facts.colours);
  if (colours.length > 0) section('Exact colours (var(--colour-name))', colours.map(colourRow));
  section('Fonts', fontRows(facts.fonts));
}

/** `--colour-brand  0 80 100 0 %  knocks out`, `--colour-cut  the printer's cut  overprints`. */
function colourRow([name, colour]: [string, DeclaredColour]): string[] {
  const inks = colour.cmyk ? `C M Y K ${colour.cmyk.join(' ')} %` : '';
  const tint = 'tint' in colour && colour.tint !== 100 ? ` at ${colour.tint} %` : '';
  const ink =
    'role' in colour
      ? `the printer's spot for ${colour.role}${tint}`
      : 'spot' in colour
        ? `spot ${colour.spot}${tint}, shown as ${inks}`
        : inks;
  const over = colour.overprint ?? 'role' in colour;
  return [`--colour-${name}`, ink, over ? 'overprints' : '', colour.description ?? ''];
}

/** The font packages, each with its style sheets. */
function fontRows(fonts: readonly string[]): string[][] {
  const sheets = new Map<string, string[]>();
  for (const font of fonts) {
    const [, family = '', sheet = ''] = font.split('/');
    sheets.set(family, [...(sheets.get(family) ?? []), sheet.replace(/\.css$/, '')]);
  }
  return [...sheets].map(([family, names]) => [family, names.join(', ')]);
}
