import { join } from 'node:path';
import { expected } from '../errors.ts';
import { packagePath } from '../paths.ts';
import { declaration } from './declaration.ts';
import { fileOf, namesIn, readDeclared } from './declared-files.ts';
import { declaredProduct } from './declared-product.ts';
import type { Product } from './product.ts';

/** Where products' files lie: a workspace's own, which come first, and the shipped ones. */
const folders = (workspace: string | undefined): string[] => [
  ...(workspace === undefined ? [] : [join(workspace, 'products')]),
  packagePath('assets', 'products'),
];

/** The names of the products, with a workspace's own. */
export const productNames = (workspace?: string): string[] => namesIn(folders(workspace));

/**
 * The product of that name.
 * @throws PrintcatError for an unknown one, and for a file that declares none
 */
export function findProduct(name: string, workspace?: string): Product {
  const file = /^[\w-]+$/.test(name) ? fileOf(folders(workspace), name) : null;
  if (file) return declaredProduct(name, readDeclared(file, declaration, {}), workspace);
  throw expected(
    `one of ${productNames(workspace).join(', ')}`,
    'the product',
    name,
    '`printcat products` lists them.',
  );
}

/** Everything that can be made. */
export const listProducts = (workspace?: string): Product[] =>
  productNames(workspace).map((name) => findProduct(name, workspace));
