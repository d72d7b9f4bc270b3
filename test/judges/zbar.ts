import { runProgram } from '../../src/tools/run.ts';

/** A bar code as ZBar found it. */
export interface DecodedCode {
  /** `QR-Code`, `EAN-13`, … */
  readonly type: string;
  readonly text: string;
}

/** Every code that ZBar finds in a picture file. */
export async function decodedCodes(file: string): Promise<DecodedCode[]> {
  const { ok, stdout, stderr } = await runProgram('zbarimg', ['--quiet', file]);
  // A picture without any code is a failure without a word of its own.
  if (!ok && !stderr.startsWith('Command failed')) throw new Error(`zbarimg ${file}: ${stderr}`);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => ({ type: line.slice(0, line.indexOf(':')), text: line.slice(line.indexOf(':') + 1) }));
}
