import { decisionCommand } from './decide.ts';

export const release = decisionCommand(
  'release',
  'released',
  'Release images: products may be made of them',
  [
    ['release 20220912034858', 'release one image'],
    ['release 20220912034858 20220912034912 --note "series one"', 'release two, with a remark'],
    ['release 20220912034858 --tag cats', 'release one and tag it'],
  ],
);
