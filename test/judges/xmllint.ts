import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inTemporaryFolder, judge } from './tool.ts';

/** libxml2's verdict on XML against a schema in XSD; what it complains of is thrown. */
export const validateXml = (xml: string, schema: string): Promise<string> =>
  withFile(xml, (file) => judge('xmllint', '--noout', '--schema', schema, file));

/** What an XPath finds in XML, as libxml2 reads it. */
export const xpath = async (xml: string, path: string): Promise<string> =>
  (await withFile(xml, (file) => judge('xmllint', '--xpath', path, file))).trim();

const withFile = <T>(xml: string, use: (file: string) => Promise<T>): Promise<T> =>
  inTemporaryFolder(async (folder) => {
    const file = join(folder, 'file.xml');
    await writeFile(file, xml);
    return use(file);
  });
