import yargs, { type Argv, type Options } from 'yargs';
import type * as z from 'zod';
import { ExitCode, expected, PrintcatError } from '../errors.ts';
import { checkOptions, kebab, type OptionFacts, optionFacts } from '../option-facts.ts';
import type { Command, Context, MoreOptions } from './command.ts';

/** `<id>`, `[dir]`, `<files..>`: how a positional stands in the usage line. */
const usageOf = (name: string, facts: OptionFacts): string => {
  const many = facts.type === 'array' ? '..' : '';
  return facts.required ? `<${kebab(name)}${many}>` : `[${kebab(name)}${many}]`;
};

function yargsOption(facts: OptionFacts): Options {
  const kind = facts.type === 'integer' ? 'number' : facts.type;
  const option: Options = { description: facts.description, requiresArg: kind !== 'boolean' };
  // Numbers stay strings here: yargs turns "12x" into NaN, zod can say what came.
  if (kind === 'boolean') option.type = 'boolean';
  else if (kind === 'array') option.array = true;
  else option.type = 'string';
  if (facts.type === 'array' && !/^(number|integer)$/.test(facts.items?.type ?? '')) option.string = true;
  if (facts.alias) option.alias = facts.alias;
  const plain = kind === 'string' || kind === 'number';
  if (facts.default !== undefined && plain) option.defaultDescription = String(facts.default);
  return option;
}

/** The description with its choices, for the help text. */
const describe = (facts: OptionFacts): string =>
  facts.enum ? `${facts.description} [${facts.enum.join(', ')}]` : facts.description;

/** Declares a command to yargs; its arguments are validated by zod, not by yargs. */
export function registerCommand(
  cli: Argv,
  command: Command & { readonly more?: MoreOptions },
  run: (args: unknown) => void,
): Argv {
  const facts = optionFacts(command.options);
  const positionals = Object.entries(facts).filter(([, f]) => f.positional);
  const usage = [command.name, ...positionals.map(([name, f]) => usageOf(name, f))].join(' ');
  return cli.command({
    command: usage,
    describe: command.describe,
    builder: (y) => {
      for (const [name, f] of Object.entries(facts)) {
        if (f.positional) {
          y.positional(kebab(name), { description: describe(f), type: 'string' });
        } else {
          const group = command.more && name in command.more.options ? { group: command.more.title } : {};
          y.option(kebab(name), { ...yargsOption(f), ...group, description: describe(f) });
        }
      }
      for (const [line, what] of command.examples ?? []) y.example(`$0 ${line}`, what);
      return y;
    },
    handler: run,
  });
}

/**
 * Defaults from the workspace's `printcat.json`, for the command that makes; what the command line says comes
 * first.
 * @throws PrintcatError for a default that is no option
 */
async function workspaceDefaults(
  options: z.ZodRawShape,
  given: Record<string, unknown>,
  { cwd }: Context,
): Promise<Record<string, unknown>> {
  if (!('workspace' in options) || !('set' in options)) return {};
  // They lie beneath what a file says, not over it.
  if (given.order !== undefined) return {};
  const { chooseWorkspace, readConfig } = await import('../catalogue/workspace.ts');
  const workspace = chooseWorkspace(cwd, given.workspace as string | undefined);
  const { defaults } = await readConfig(workspace);
  if (Object.keys(defaults).length === 0) return {};
  const { listProducts } = await import('../products/index.ts');
  const products = listProducts(workspace);
  const ofProduct = products.find(({ name }) => name === given.product)
    ? defaults[String(given.product)]
    : {};
  const all = { ...options, ...Object.assign({}, ...products.map((product) => product.options)) };
  const names = Object.keys(defaults).filter((name) => !products.some((product) => product.name === name));
  const unknown = [...names, ...Object.keys(ofProduct ?? {})].find((name) => !(name in all));
  if (unknown !== undefined) {
    throw expected(
      'an option of printcat make',
      'the defaults in printcat.json',
      unknown,
      'printcat make --help lists them; write them as allowUnreleased, not allow-unreleased.',
    );
  }
  // One that this product does not have is another product's.
  const usual = Object.fromEntries(names.map((name) => [name, defaults[name]]));
  const own = Object.entries({ ...usual, ...(ofProduct as object) }).filter(([name]) => name in options);
  return Object.fromEntries(own.map(([name, value]) => [kebab(name), value]));
}

/** Numbers come from the command line as text; what is not a number is left for zod to refuse. */
function fromCommandLine(value: unknown, facts: OptionFacts): unknown {
  const numeric = facts.type === 'number' || facts.type === 'integer';
  if (numeric && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
    return Number(value);
  return value;
}

/**
 * Validates what yargs parsed against the command's declaration.
 * @throws PrintcatError in the form `Expected X for --name but received Z`
 */
export function validateArgs<S extends z.ZodRawShape>(
  options: S,
  argv: Record<string, unknown>,
): z.output<z.ZodObject<S>> {
  const facts = optionFacts(options);
  const given: Record<string, unknown> = {};
  for (const [name, f] of Object.entries(facts)) {
    const value = argv[kebab(name)];
    if (value !== undefined) given[name] = fromCommandLine(value, f);
    if (f.type !== 'array' && Array.isArray(value)) {
      throw expected('one value', `--${kebab(name)}`, value.join(', '), 'Give the option once.');
    }
  }
  return checkOptions(options, given, (name) => {
    const f = facts[name];
    return f?.positional ? usageOf(name, f) : `--${kebab(name)}`;
  });
}

/** What a command wants by position, where it was given less. */
function missingArguments(commands: readonly Command[], name: string | undefined): PrintcatError {
  const command = commands.find((candidate) => candidate.name === name);
  const facts = Object.entries(optionFacts(command?.options ?? {}));
  const wanted = facts.filter(([, f]) => f.positional && f.required).map(([key, f]) => usageOf(key, f));
  return new PrintcatError(`Expected ${wanted.join(' and ')} after printcat ${name} but received less`, {
    hint: `printcat ${name} --help`,
  });
}

/** A command with the options that its own line asks for. */
async function withMore(
  command: Command,
  argv: readonly string[],
  context: Context,
): Promise<Command & { readonly more?: MoreOptions }> {
  if (argv[0] !== command.name || !command.moreOptions) return command;
  const more = await command.moreOptions(argv.slice(1), context);
  const clash = Object.keys(more.options).find((name) => name in command.options);
  if (clash !== undefined) {
    throw new PrintcatError(
      `${more.title.replace(/:$/, '')}: the parameter ${clash} is an option of printcat ${command.name}`,
      {
        hint: 'Give the parameter another name in the product\u2019s file.',
      },
    );
  }
  return { ...command, options: { ...command.options, ...more.options }, more };
}

/** Builds the command line from the list of commands and runs what was asked for. */
export async function runCli(
  commands: readonly Command[],
  argv: readonly string[],
  version: string,
  context: Context,
): Promise<number> {
  let asked: { command: Command; given: Record<string, unknown> } | undefined;
  const known = await Promise.all(commands.map((command) => withMore(command, argv, context)));
  let cli = yargs([...argv])
    .scriptName('printcat')
    .usage('$0 <command> [options]\n\nFrom a catalogue of generated images to print-ready goods.')
    .parserConfiguration({ 'camel-case-expansion': false, 'greedy-arrays': false })
    .locale('en')
    .version(version)
    .help()
    .alias('h', 'help')
    .strict()
    .recommendCommands()
    .demandCommand(1, 'Expected a command.')
    .wrap(Math.min(110, process.stdout.columns ?? 100))
    .exitProcess(false)
    .fail((message, error) => {
      if (error) throw error;
      if (message.startsWith('Not enough non-option arguments')) throw missingArguments(known, argv[0]);
      throw new PrintcatError(message.split('\n')[0]!, { hint: 'printcat --help shows what there is.' });
    });
  for (const command of known) {
    // Not run from here: around work that takes time yargs would write the whole help, in case it fails.
    cli = registerCommand(cli, command, (args) => {
      asked = { command, given: args as Record<string, unknown> };
    });
  }
  await cli.parseAsync();
  if (!asked) return ExitCode.ok;
  const { command, given } = asked;
  const defaults = await workspaceDefaults(command.options, given, context);
  const code = await command.run(validateArgs(command.options, { ...defaults, ...given }), context);
  return code ?? ExitCode.ok;
}
