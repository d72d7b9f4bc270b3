import { workerData } from 'node:worker_threads';
import { answerAside } from '../aside.ts';
import { strewer } from './strew.ts';

answerAside(strewer(workerData));
