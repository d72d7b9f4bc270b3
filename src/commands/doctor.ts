import { ExitCode } from '../errors.ts';
import type { Terminal } from '../terminal.ts';
import type { Finding } from '../tools/checks.ts';
import { defineCommand, jsonOption } from './command.ts';

export const doctor = defineCommand({
  name: 'doctor',
  describe: 'Show what printcat needs on this machine, what it found, and which versions',
  options: { json: jsonOption },
  examples: [['doctor', 'exit code 0 if everything that is needed is there, 3 if not']],
  async run({ json }, { env, terminal }) {
    const { checks, look } = await import('../tools/checks.ts');
    const findings = await Promise.all(checks.map((check) => look(check, env)));
    const ready = findings.every(({ ok, use }) => ok || use !== 'needed');
    if (json) terminal.json({ ready, findings });
    else for (const finding of findings) printFinding(finding, terminal);
    return ready ? ExitCode.ok : ExitCode.missingTool;
  },
});

function printFinding({ name, use, ok, text, todo }: Finding, terminal: Terminal): void {
  const { colours } = terminal;
  const missing = use === 'needed' ? colours.red('✗') : colours.yellow('!');
  terminal.print(`${ok ? colours.green('✓') : missing} ${name.padEnd(14)}${text}`);
  if (todo) terminal.print(`  ${' '.repeat(14)}${colours.dim(todo)}`);
}
