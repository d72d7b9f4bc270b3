import { type Geometry, pageName } from '../products/geometry.ts';
import type { Template } from './template.ts';

/** `Template own`, or `Template own, page 2 (back)` where the product has several: the start of a message. */
export function atPage(template: Template, geometry: Geometry, page: number): string {
  const name = pageName(geometry, page);
  return `Template ${template.name}${name && `, ${name}`}`;
}

/** ` on page 2 (back)`, or nothing where the product has but one page: the end of a name. */
export function onPage(geometry: Pick<Geometry, 'pages'>, page: number): string {
  const name = pageName(geometry, page);
  return name && ` on ${name}`;
}
