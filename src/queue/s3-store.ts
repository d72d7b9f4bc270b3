import { setTimeout as wait } from 'node:timers/promises';
import { AwsClient } from 'aws4fetch';
import { ExitCode, expected, messageOf, PrintcatError } from '../errors.ts';
import { objectName, type Store } from './store.ts';

/** How often a request is sent again that a server could not take, or that got no answer. */
const RETRIES = 4;
/** Before the first of them, ms; before each further one twice as long. */
const PAUSE = 200;

/** Bucket names as Amazon S3 has them ("Bucket naming rules"), then what stands before the objects' names. */
const PLACE = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])((?:\/[A-Za-z0-9._-]+)*)\/?$/;

/**
 * A bucket of Amazon S3 or of what speaks like it. Key, secret, session and region come from `AWS_ACCESS_KEY_ID`,
 * `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN` and `AWS_REGION`; another provider's address from `AWS_ENDPOINT_URL_S3` or
 * `AWS_ENDPOINT_URL`, whose buckets are then folders of it.
 * @param place `s3://bucket/prefix`
 * @throws PrintcatError where the place is none, or key and secret are not given
 */
export function openS3Store(place: string, env: NodeJS.ProcessEnv): Store {
  const [, bucket, prefix] = PLACE.exec(place) ?? [];
  if (bucket === undefined || prefix === undefined) throw expected('s3://bucket/prefix', '--store', place);
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (!accessKeyId || !secretAccessKey) {
    throw new PrintcatError(`Expected a key for ${place} in the environment but found none`, {
      hint: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; AWS_REGION, and AWS_ENDPOINT_URL for other providers.',
    });
  }
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION || 'us-east-1';
  const client = new AwsClient({
    ...{ accessKeyId, secretAccessKey, region, service: 's3', retries: 0 },
    ...(env.AWS_SESSION_TOKEN && { sessionToken: env.AWS_SESSION_TOKEN }),
  });
  const endpoint = (env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL || '').replace(/\/+$/, '');
  if (endpoint !== '' && !/^https?:\/\//.test(endpoint))
    throw expected('https://…', 'AWS_ENDPOINT_URL', endpoint);
  const root = endpoint === '' ? `https://${bucket}.s3.${region}.amazonaws.com` : `${endpoint}/${bucket}`;
  return new S3Store(place, `${root}${prefix}`, client);
}

class S3Store implements Store {
  readonly place: string;
  readonly #root: string;
  readonly #client: AwsClient;

  constructor(place: string, root: string, client: AwsClient) {
    this.place = place;
    this.#root = root;
    this.#client = client;
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.#ask(sha256, { method: 'HEAD' })) !== null;
  }

  async put(sha256: string, bytes: Uint8Array): Promise<void> {
    // The server compares it with what arrives.
    const headers = { 'X-Amz-Content-Sha256': sha256, 'Content-Type': 'application/octet-stream' };
    const body = new Uint8Array(bytes);
    if ((await this.#ask(sha256, { method: 'PUT', headers, body })) === null)
      throw this.#refused('there is no such bucket');
  }

  async get(sha256: string): Promise<Uint8Array | null> {
    return this.#ask(sha256, { method: 'GET' });
  }

  /** @returns the answer's body; `null` where there is no such object */
  async #ask(sha256: string, init: RequestInit): Promise<Uint8Array | null> {
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = await this.#client.fetch(`${this.#root}/${objectName(sha256)}`, init);
        const body = new Uint8Array(await answer.arrayBuffer());
        if (answer.ok) return body;
        if (answer.status === 404) return null;
        if (answer.status < 500 && answer.status !== 429) throw this.#refused(reasonIn(body, answer.status));
        if (attempt >= RETRIES) throw this.#refused(reasonIn(body, answer.status));
      } catch (error) {
        if (error instanceof PrintcatError) throw error;
        if (attempt >= RETRIES) throw this.#refused(causeOf(error));
      }
      await wait(PAUSE * 2 ** attempt);
    }
  }

  #refused(reason: string): PrintcatError {
    return new PrintcatError(`Could not use the store ${this.place}: ${reason}`, {
      hint: 'See that bucket, key, secret, AWS_REGION and AWS_ENDPOINT_URL are right.',
      exitCode: ExitCode.missingTool,
    });
  }
}

/** The error's code in S3's XML, such as AccessDenied; a HEAD has no body. */
function reasonIn(body: Uint8Array, status: number): string {
  const [, code] = /<Code>([A-Za-z]+)<\/Code>/.exec(Buffer.from(body).toString()) ?? [];
  return code ? `${code} (${status})` : `the server answers ${status}`;
}

/** `fetch failed` says nothing; its cause does. */
const causeOf = (error: unknown): string =>
  messageOf(error instanceof Error && error.cause !== undefined ? error.cause : error);
