import { runProgram } from '../../src/tools/run.ts';
import { judge } from './tool.ts';

/** qpdf's verdict on a PDF's syntax and streams: `ok` is without error and without warning. */
export async function qpdfCheck(file: string): Promise<{ ok: boolean; text: string }> {
  const { ok, stdout, stderr } = await runProgram('qpdf', ['--check', file]);
  return { ok, text: `${stdout}${stderr}`.trim() };
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Every dictionary of a PDF, also those inside others, as qpdf reads them. */
async function dictionaries(file: string): Promise<{ readonly [key: string]: Json }[]> {
  const { qpdf } = JSON.parse(await judge('qpdf', '--json', '--json-stream-data=none', file)) as {
    qpdf: readonly [unknown, Json];
  };
  const found: { readonly [key: string]: Json }[] = [];
  const walk = (value: Json): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === 'object' && value !== null) {
      const dict = value as { readonly [key: string]: Json };
      found.push(dict);
      Object.values(dict).forEach(walk);
    }
  };
  walk(qpdf[1]);
  return found;
}

/** What in a PDF belongs to transparency (ISO 32000-1, 11.6): every such entry as `key value`, groups among them. */
export async function seeThroughObjects(file: string): Promise<string[]> {
  return (await dictionaries(file)).flatMap((dict) => {
    const found: string[] = [];
    for (const key of ['/ca', '/CA']) if (key in dict && dict[key] !== 1) found.push(`${key} ${dict[key]}`);
    const blend = dict['/BM'];
    if (blend !== undefined && blend !== '/Normal' && blend !== '/Compatible') found.push(`/BM ${blend}`);
    if ('/SMask' in dict && dict['/SMask'] !== '/None') found.push('/SMask');
    if (dict['/S'] === '/Transparency') found.push('/Group');
    return found;
  });
}

/** Whether anything in a PDF lets something show through; a group by itself does not. */
export const hasTransparency = async (file: string): Promise<boolean> =>
  (await seeThroughObjects(file)).some((entry) => entry !== '/Group');
