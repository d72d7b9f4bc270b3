import { decisionCommand } from './decide.ts';

export const reject = decisionCommand('reject', 'rejected', 'Reject images: no product is made of them', [
  ['reject 20220912034858 --note "six toes"', 'reject an image and say why'],
]);
